package org.sightline.edge.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.sightline.edge.enrol.PictureList.Subject;
import org.sightline.edge.testing.FuzzTarget;

/** A CSV file is refused, or lists subjects each once, with pictures. */
class PictureListFuzzTest extends FuzzTarget {
  private static final ListRules RULES = new ListRules(LocalDate.of(2026, 11, 25), true);

  @Override
  protected List<byte[]> seeds() {
    return texts(
        """
        subject,category,image,review,source,legal-basis,under18
        S-2,wanted,b.jpg,2026-11-30,custody,warrant,no
        S-1,missing,a.jpg,2026-12-01,family,policy 5.2,yes
        S-2,wanted,c/d.png,2026-11-30,passport,warrant,no
        """,
        "\ufeffunder18,image,\"subject\",category,legal-basis,source,review\r\n"
            + "no,\"a, b.jpg\",S-1,\"wanted, \"\"urgent\"\"\",warrant,custody,2026-11-30\r\n\r\n",
        "subject,category,image\nS-1,wanted,a.jpg\n",
        "subject;category;image;review;source;legal-basis;under18\n");
  }

  @Override
  protected void take(byte[] input) throws IOException {
    try {
      Collection<Subject> list = PictureList.ofCsv(fileOf(input), RULES);
      assertThat(list).isNotEmpty().extracting(Subject::subject).doesNotHaveDuplicates();
      assertThat(list)
          .allSatisfy(
              subject -> {
                assertThat(subject.listing().category())
                    .isNotEmpty()
                    .doesNotContainPattern("\\p{Cc}");
                assertThat(subject.pictures()).isNotEmpty();
              });
    } catch (PictureListException refusal) {
      assertOneLine(refusal);
    }
  }
}
