package org.sightline.edge.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.enrol.EnrolmentWorkers.Enrolments;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.testing.Endurance;

class EnrolmentMemoryTest {
  private static final int PICTURES = Endurance.times(8, 20);

  @TempDir Path folder;

  @Test
  void theLargestPicturesAreEnrolledInASmallHeapWhateverTheCores() throws Exception {
    Path picture = folder.resolve("large.jpg");
    ImageIO.write(
        new BufferedImage(7000, 7000, BufferedImage.TYPE_BYTE_GRAY), "jpg", picture.toFile());
    Path output = folder.resolve("output");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:ActiveProcessorCount=16",
                "-cp",
                System.getProperty("java.class.path"),
                OfOnePictureManyTimes.class.getName(),
                picture.toString(),
                Integer.toString(PICTURES))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = child.waitFor(5, TimeUnit.MINUTES);
    child.destroyForcibly();
    assertThat(ended).isTrue();
    String said = Files.readString(output);
    assertThat(said).contains(PICTURES + " pictures");
    long peakKib = Long.parseLong(said.replaceAll("(?s).*VmHWM:\\s*(\\d+).*", "$1"));
    assertThat(peakKib).isLessThan(1_500_000);
  }

  /** Enrols as the office does, with as many workers as the machine has cores. */
  static final class OfOnePictureManyTimes {
    public static void main(String[] arguments) throws Exception {
      Path picture = Path.of(arguments[0]);
      int count = Integer.parseInt(arguments[1]);
      int done = 0;
      try (EnrolmentWorkers workers =
          EnrolmentWorkers.open(ModelPacks.at(picture.getParent()).installed("builtin"))) {
        Enrolments enrolments = workers.enrol(Collections.nCopies(count, picture));
        for (; enrolments.hasNext(); done++) {
          enrolments.next();
        }
      }
      System.out.println(done + " pictures");
      System.out.println(Files.readString(Path.of("/proc/self/status")));
    }
  }
}
