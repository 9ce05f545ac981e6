package org.sightline.edge.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** InstallationIT looks at the documents that are installed. */
class DocumentLinksTest {
  static Stream<Document> all() throws IOException {
    return Document.all().stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyLinkLeadsToAFileAndAHeadingThatAreThere(Document document) throws Exception {
    assertThat(document.deadLinks()).isEmpty();
  }
}
