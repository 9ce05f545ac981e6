package org.sightline.edge.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
  @Test
  void aSlipOfThePenIsRecognised() {
    assertThat(Spelling.nearest("retail-095", List.of("opencv-zoo", "retail-0095")))
        .contains("retail-0095");
  }

  @Test
  void letterCaseDoesNotMatter() {
    assertThat(Spelling.nearest("SHA256", List.of("size", "sha256"))).contains("sha256");
  }

  @Test
  void aWordLikeNoneOfThemHasNoNearest() {
    assertThat(Spelling.nearest("zebra", List.of("licence", "version"))).isEmpty();
  }

  @Test
  void withNothingKnownNothingIsNear() {
    assertThat(Spelling.nearest("a", List.of())).isEmpty();
  }
}
