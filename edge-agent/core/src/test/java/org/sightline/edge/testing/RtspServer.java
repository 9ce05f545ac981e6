package org.sightline.edge.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real RTSP server (GStreamer's) on the loopback interface, as a camera that can be killed,
 * frozen and started again on the same port. Tests are skipped where it is not installed.
 */
public final class RtspServer implements AutoCloseable {
  private static final String PYTHON = "/usr/bin/python3";
  private static final Path SCRIPT = Path.of("..", "..", "test-fixtures", "rtsp-server.py");
  private static final String NEEDED =
      "GStreamer's RTSP server is not installed: apt-get install gir1.2-gst-rtsp-server-1.0"
          + " python3-gi gstreamer1.0-plugins-base gstreamer1.0-plugins-good"
          + " gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly gstreamer1.0-libav"
          + " glib-networking";

  private final List<String> options;
  private final int port;
  private Process process;

  private RtspServer(List<String> options, Process process, int port) {
    this.options = options;
    this.process = process;
    this.port = port;
  }

  /** Serves a clip, looped, 15 frames a second, at {@link #address()}. */
  public static RtspServer start(Path clip, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--file", clip.toString(), "--fps", "15"));
    all.addAll(List.of(options));
    return startWith(all);
  }

  /** Serves a moving test picture of 25 frames a second; see the script for the options. */
  public static RtspServer startPattern(String... options) throws Exception {
    return startWith(List.of(options));
  }

  private static RtspServer startWith(List<String> options) throws Exception {
    assumeTrue(isInstalled(), NEEDED);
    Process process = launch(options, 0);
    return new RtspServer(options, process, readPort(process));
  }

  private static boolean isInstalled() throws InterruptedException {
    try {
      Process check =
          new ProcessBuilder(
                  PYTHON,
                  "-c",
                  "import gi; gi.require_version('GstRtspServer', '1.0');"
                      + " from gi.repository import GstRtspServer")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return check.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Process launch(List<String> options, int port) throws IOException {
    List<String> command = new ArrayList<>(List.of(PYTHON, SCRIPT.toString()));
    command.addAll(options);
    command.addAll(List.of("--port", String.valueOf(port)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static int readPort(Process process) throws IOException {
    // Nothing else is ever printed, so the reader takes nothing that is missed later.
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    @Nullable String line = out.readLine();
    if (line == null) {
      throw new IOException("the RTSP server did not start");
    }
    return Integer.parseInt(line);
  }

  public int port() {
    return port;
  }

  /** Where the picture is, without a user. */
  public String address() {
    return addressAs("");
  }

  /** Where the picture is, for that user, which may bear a password. */
  public String addressAs(String user) {
    String scheme = options.contains("--cert") ? "rtsps" : "rtsp";
    return scheme + "://" + (user.isEmpty() ? "" : user + "@") + "localhost:" + port + "/camera";
  }

  /** Ends the server as a power cut would. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again on the same port, with more options, the last of a kind winning. */
  public void restart(String... more) throws Exception {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    for (int attempt = 0; ; attempt++) {
      process = launch(all, port);
      try {
        readPort(process);
        return;
      } catch (IOException e) {
        // The port may linger for a moment after a kill.
        if (attempt == 20) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(250);
      }
    }
  }

  /** Stops it from answering while its connections stay open. */
  public void freeze() throws Exception {
    signal("-STOP");
  }

  /** Lets it continue. */
  public void thaw() throws Exception {
    signal("-CONT");
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", name, String.valueOf(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    kill();
  }
}
