package org.sightline.edge.capture.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entries_count;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entry;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * Whether a clip ends before it should, as one does whose copying was broken off: FFmpeg plays such
 * a clip as far as it goes and says nothing. Detected by what the container itself announces: MP4
 * and MOV by the place of each picture, GIF by its closing byte, Matroska and AVI by their length.
 * A recording that was never closed announces no length and is not taken for one cut short; nor is
 * a clip of another container, such as MPEG-TS, which may end anywhere.
 */
final class Truncation {
  /** A Matroska segment's identifier. */
  private static final int SEGMENT = 0x18538067;

  /** What an AVI says whose length was left open. */
  private static final long OPEN_RIFF = 0xFFFF_FFFFL;

  private Truncation() {}

  /**
   * Whether the file lacks its end. It is read by itself: the demuxer stays where it is.
   *
   * @param format the file, opened
   * @param video the stream of it that is shown
   * @throws IOException if the file cannot be read
   */
  static boolean of(AVFormatContext format, AVStream video, String path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path, "r")) {
      String container = format.iformat().name().getString();
      if (container.startsWith("mov,")) {
        return indexEndsPast(file.length(), video);
      }
      if (container.startsWith("matroska,")) {
        return segmentEndsPast(file);
      }
      return switch (container) {
        case "gif" -> lacksTrailer(file);
        case "avi" -> riffEndsPast(file);
        default -> false;
      };
    } catch (EOFException e) {
      return true;
    }
  }

  private static boolean indexEndsPast(long lengthBytes, AVStream video) {
    for (int i = avformat_index_get_entries_count(video) - 1; i >= 0; i--) {
      AVIndexEntry picture = avformat_index_get_entry(video, i);
      if (picture.pos() + picture.size() > lengthBytes) {
        return true;
      }
    }
    return false;
  }

  /** Goes from block to block, since any byte of a picture may look like the trailer. */
  private static boolean lacksTrailer(RandomAccessFile file) throws IOException {
    file.seek(10);
    int screen = file.readUnsignedByte();
    skip(file, 2 + colourTableBytes(screen));
    while (true) {
      switch (file.readUnsignedByte()) {
        case 0x21 -> skip(file, 1);
        case 0x2C -> {
          skip(file, 8);
          int image = file.readUnsignedByte();
          skip(file, colourTableBytes(image) + 1);
        }
        default -> {
          // The trailer; or damage, beyond which nothing can be determined.
          return false;
        }
      }
      for (int bytes = file.readUnsignedByte(); bytes > 0; bytes = file.readUnsignedByte()) {
        skip(file, bytes);
      }
    }
  }

  private static int colourTableBytes(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));
  }

  private static boolean segmentEndsPast(RandomAccessFile file) throws IOException {
    file.seek(Integer.BYTES);
    skip(file, matroskaSize(file));
    if (file.readInt() != SEGMENT) {
      return false;
    }
    long segmentBytes = matroskaSize(file);
    return segmentBytes > file.length() - file.getFilePointer();
  }

  /** A size, whose leading zeros say how many bytes it has; 0 if it is left open: all ones. */
  private static long matroskaSize(RandomAccessFile file) throws IOException {
    long value = file.readUnsignedByte();
    int more = Long.numberOfLeadingZeros(value) - (Long.SIZE - Byte.SIZE);
    for (int i = 0; i < more; i++) {
      value = value << Byte.SIZE | file.readUnsignedByte();
    }
    long largest = (1L << (7 * (more + 1))) - 1;
    long size = value & largest;
    return size == largest ? 0 : size;
  }

  /** Some writers count the eight bytes of the header, which the length does not include. */
  private static boolean riffEndsPast(RandomAccessFile file) throws IOException {
    file.seek(Integer.BYTES);
    long riffBytes = Integer.toUnsignedLong(Integer.reverseBytes(file.readInt()));
    return riffBytes != OPEN_RIFF && riffBytes > file.length();
  }

  /** Past the end too: the next read then fails. */
  private static void skip(RandomAccessFile file, long bytes) throws IOException {
    file.seek(file.getFilePointer() + bytes);
  }
}
