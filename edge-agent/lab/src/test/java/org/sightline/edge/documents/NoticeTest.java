package org.sightline.edge.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sightline.edge.documents.Document.inRepository;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** NOTICE names each native library that is packed, and no other. */
class NoticeTest {
  @Test
  void eachNativeLibraryThatIsPackedIsNamedWithItsLicenceAndNoOther() throws Exception {
    Map<String, String> packed = new LinkedHashMap<>();
    for (String line : Files.readAllLines(inRepository("scripts/debian/natives"))) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        String[] fields = line.split("\\|", -1);
        packed.put(fields[2], fields[4]);
      }
    }
    Map<String, String> named = new LinkedHashMap<>();
    for (Notice.Library library : Notice.nativeCode()) {
      named.put(library.name(), library.licence());
    }

    assertThat(packed).isNotEmpty();
    assertThat(named).containsExactlyInAnyOrderEntriesOf(packed);
  }
}
