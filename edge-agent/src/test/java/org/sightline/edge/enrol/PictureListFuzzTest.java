package org.sightline.edge.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.sightline.edge.enrol.PictureList.Subject;
import org.sightline.edge.testing.FuzzTarget;

/** A CSV file is refused, or lists subjects each once, with pictures. */
class PictureListFuzzTest extends FuzzTarget {
  @Override
  protected List<byte[]> seeds() {
    return texts(
        "subject,category,image\nS-2,wanted,b.jpg\nS-1,missing,a.jpg\nS-2,wanted,c/d.png\n",
        "\ufeffimage,\"subject\",category\r\n\"a, b.jpg\",S-1,\"wanted, \"\"urgent\"\"\"\r\n\r\n",
        "subject,category\nS-1,wanted\n");
  }

  @Override
  protected void take(byte[] input) throws IOException {
    try {
      Collection<Subject> list = PictureList.ofCsv(fileOf(input));
      assertThat(list).isNotEmpty().extracting(Subject::subject).doesNotHaveDuplicates();
      assertThat(list)
          .allSatisfy(
              subject -> {
                assertThat(subject.category()).isNotEmpty().doesNotContainPattern("\\p{Cc}");
                assertThat(subject.pictures()).isNotEmpty();
              });
    } catch (PictureListException refusal) {
      assertOneLine(refusal);
    }
  }
}
