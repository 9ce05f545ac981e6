package org.sightline.edge.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class MarkupTest {
  @Test
  void textsAndAttributesAreEscaped() {
    assertThat(new Markup().element("td", "a < b & c", "title", "\"x\"").toString())
        .isEqualTo("<td title=\"&quot;x&quot;\">a &lt; b &amp; c</td>");
  }

  @Test
  void anElementThatMayHaveContentHasAClosingTag() {
    assertThat(new Markup().element("td", "").toString()).isEqualTo("<td></td>");
  }

  @Test
  void whatXmlCannotHoldBecomesAQuestionMark() {
    assertThat(new Markup().element("p", "a\u0000b\ud800c\ufffe").toString())
        .isEqualTo("<p>a?b?c?</p>");
  }

  @Test
  void markupFromElsewhereStandsAsItIs() {
    assertThat(new Markup().open("figure").raw("<b>1</b>").close().toString())
        .isEqualTo("<figure><b>1</b></figure>");
  }

  @Test
  void anOpenElementIsNoDocument() {
    assertThatIllegalStateException().isThrownBy(() -> new Markup().open("p").toString());
  }
}
