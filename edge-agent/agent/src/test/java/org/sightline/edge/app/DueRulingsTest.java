package org.sightline.edge.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.store.StoreException;

/** In which order rulings are applied, and what becomes of one that cannot be. */
class DueRulingsTest {
  private final List<String> applied = new ArrayList<>();
  private String failing = "";
  private boolean byABug;
  private final DueRulings due =
      new DueRulings(document -> text(document).startsWith("refusal"), this::apply);

  private static String text(byte[] document) {
    return new String(document, UTF_8);
  }

  private static List<byte[]> documents(String... texts) {
    return List.of(texts).stream().map(text -> text.getBytes(UTF_8)).toList();
  }

  private void apply(byte[] document) throws StoreException {
    if (text(document).equals(failing)) {
      if (byABug) {
        throw new IllegalStateException("a bug");
      }
      throw new StoreException("full", "here", "make room", null);
    }
    applied.add(text(document));
  }

  @Test
  void refusalsHaveTheirTurnFirst() {
    assertThat(due.apply(documents("confirmation 1", "refusal 1", "confirmation 2"))).isTrue();
    assertThat(applied).containsExactly("refusal 1", "confirmation 1", "confirmation 2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneThatFailsHoldsUpNoOther(boolean bug) {
    byABug = bug;
    failing = "refusal 1";
    assertThat(due.apply(documents("refusal 1", "refusal 2", "confirmation 1"))).isFalse();
    assertThat(applied).containsExactly("refusal 2", "confirmation 1");
  }

  @Test
  void oneThatFailedIsTriedAgain() {
    failing = "refusal 1";
    due.apply(documents("refusal 1"));
    failing = "";
    assertThat(due.apply(List.of())).isTrue();
    assertThat(applied).containsExactly("refusal 1");
    assertThat(due.isEmpty()).isTrue();
  }
}
