package org.sightline.edge.capture.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people give as a clip that is none, known by how it begins. */
enum NotAVideo {
  PLAYLIST(
      "this is a playlist, and lists of other files or addresses are not followed",
      "give the clip itself, or the camera's rtsp:// address",
      "(\u00ef\u00bb\u00bf)?\\s*(#extm3u|\\[playlist]|ffconcat |(<[?!].*?>\\s*)*<(asx|mpd|smil|playlist)\\b).*"),
  ANIMATION(
      "this is an animated picture of a kind that is not read",
      "convert it to .gif or .mp4",
      "(\u0089png.*actl|riff....webpvp8x.*anim).*"),
  STILL_PICTURE(
      "this is a still picture and not a video",
      "give a clip such as .mp4, .mkv, .avi or .gif",
      "(\u00ff\u00d8\u00ff|\u0089png|ii\\*\0|mm\0\\*|bm|riff....webp|....ftyp(hei|avi|mif)).*");

  /** XML may have much to say before its first element. */
  private static final int BEGINNING_BYTES = 1024;

  private final String what;
  private final String remedy;
  private final Pattern beginning;

  NotAVideo(String what, String remedy, String beginning) {
    this.what = what;
    this.remedy = remedy;
    this.beginning = Pattern.compile(beginning, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  String what() {
    return what;
  }

  String remedy() {
    return remedy;
  }

  /** Of a file that is no video; null if it is nothing that is known either. */
  static @Nullable NotAVideo of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(BEGINNING_BYTES), StandardCharsets.ISO_8859_1);
      return Arrays.stream(values())
          .filter(kind -> kind.beginning.matcher(text).matches())
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }
}
