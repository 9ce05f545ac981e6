package org.sightline.edge.fieldtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;

class TruthAndLabelsTest {
  private static final List<CameraId> ONE = List.of(new CameraId("mast-1"));
  private static final List<CameraId> TWO = List.of(new CameraId("mast-1"), new CameraId("mast-2"));

  private static final String PASS =
      """
      {"pass": 1, "person": "P-1", "subject": %s, %s
       "enterSeconds": 1, "leaveSeconds": 4.5, "largestFaceHeightPx": 80}
      """;

  @TempDir private Path folder;

  private Path truth(String subject, String more) throws Exception {
    return Files.writeString(
        folder.resolve("truth.json"),
        "{\"seed\": 7, \"frames\": [{\"faces\": []}], \"passes\": ["
            + PASS.formatted(subject, more)
            + "]}");
  }

  private Path labels(String text) throws Exception {
    return Files.writeString(folder.resolve("labels.csv"), text);
  }

  @Test
  void aPassThatNamesNoCameraIsAtTheOnlyOne() throws Exception {
    assertThat(TruePass.read(truth("\"S-1\"", ""), ONE))
        .containsExactly(new TruePass(1, ONE.get(0), "P-1", new SubjectRef("S-1"), 1, 4.5, 80));
  }

  @Test
  void whoIsNotListedHasNoSubject() throws Exception {
    assertThat(TruePass.read(truth("null", "\"camera\": \"mast-2\","), TWO))
        .containsExactly(new TruePass(1, TWO.get(1), "P-1", null, 1, 4.5, 80));
  }

  @Test
  void ofSeveralCamerasOneHasToBeNamed() throws Exception {
    Path file = truth("null", "");
    assertThatThrownBy(() -> TruePass.read(file, TWO))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("'camera'");
  }

  @Test
  void aPassAtAnUnknownCameraIsReported() throws Exception {
    Path file = truth("null", "\"camera\": \"mast-9\",");
    assertThatThrownBy(() -> TruePass.read(file, TWO)).hasMessageContaining("mast-9");
  }

  @Test
  void whatIsNoTruthIsReported() throws Exception {
    Path file = labels("person,hat\n");
    assertThatThrownBy(() -> TruePass.read(file, ONE))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void labelsAreReadByPerson() throws Exception {
    Labels read = Labels.read(labels("person,hat,coat\nP-1,yes,\nP-2,no,red\n"));
    assertThat(read.columns()).containsExactly("hat", "coat");
    assertThat(read.of("hat", "P-9", "P-1")).isEqualTo("yes");
    assertThat(read.of("coat", "P-1")).isNull();
  }

  @Test
  void labelsWithoutAPersonAreReported() throws Exception {
    Path file = labels("name,hat\nP-1,yes\n");
    assertThatThrownBy(() -> Labels.read(file)).hasMessageContaining("'person'");
  }

  @Test
  void aPersonIsLabelledOnce() throws Exception {
    Path file = labels("person,hat\nP-1,yes\nP-1,no\n");
    assertThatThrownBy(() -> Labels.read(file)).hasMessageContaining("line 3");
  }
}
