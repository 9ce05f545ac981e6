package org.sightline.edge.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SightlineExceptionTest {
  private static final class Failure extends SightlineException {
    private static final long serialVersionUID = 1L;

    Failure(String what) {
      super(ErrorKind.UNUSABLE_INPUT, what, "file", "fix it");
    }
  }

  @Test
  void whatItQuotesOfAFileNeitherEndsTheLineNorMovesTheCursor() {
    assertThat(new Failure("unknown key 'a\n\u001b[2J\u0085\u2028'"))
        .hasMessage("unknown key 'a??[2J??': file (fix it)");
  }
}
