package org.sightline.edge.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPack.ColourOrder;
import org.sightline.edge.testing.Fork;

class NetworkAtShutdownTest {
  private static final int CODE = 7;

  @TempDir Path folder;

  @Test
  void aNetworkAtWorkDoesNotDisturbTheEndOfTheProcess() throws Exception {
    Path model = TinyNetwork.identity(folder.resolve("tiny.onnx"));
    Process process = Fork.of(Busy.class, model.toString());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(CODE);
  }

  /** Ends in an orderly way, which takes a while, and opens and runs networks until it is over. */
  static final class Busy {
    private static final Duration ORDERLY_END = Duration.ofSeconds(1);

    private Busy() {}

    public static void main(String[] args) throws Exception {
      Path model = Path.of(args[0]);
      work(model);
      Thread worker =
          new Thread(
              () -> {
                while (true) {
                  work(model);
                }
              });
      worker.setDaemon(true);
      worker.start();
      Runtime.getRuntime().addShutdownHook(new Thread(Busy::sleep));
      System.exit(CODE);
    }

    private static void work(Path model) {
      ImageTensor tensor =
          new ImageTensor(
              new ModelPack.Input(
                  "input", ColourOrder.BGR, 1, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f)));
      tensor.reshape(1, 64, 64);
      tensor.set(0, BgrPicture.allocate(64, 64));
      try (OnnxNetwork network =
          OnnxNetwork.open(model, "input", List.of("output"), Compute.cpu(2))) {
        network.run(tensor);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    private static void sleep() {
      try {
        Thread.sleep(ORDERLY_END.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
