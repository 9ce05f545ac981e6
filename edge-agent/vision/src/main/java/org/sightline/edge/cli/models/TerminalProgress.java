package org.sightline.edge.cli.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.models.InstallProgress;

/** Draws a bar per download on standard error. */
public final class TerminalProgress implements InstallProgress {
  private static final long MIB = 1L << 20;

  private @Nullable ProgressBar bar;

  /** Whether standard error is a terminal, where a bar can be drawn over itself. */
  public static boolean hasTerminal() {
    try {
      Path device = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
      return device.startsWith("/dev/pts") || device.toString().startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  @Override
  public void begins(String fileName, long sizeBytes) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(fileName)
            .setInitialMax(sizeBytes)
            .setUnit(" MiB", MIB)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build();
  }

  @Override
  public void reaches(long doneBytes) {
    if (bar != null) {
      bar.stepTo(doneBytes);
    }
  }

  @Override
  public void ends() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
