package org.sightline.edge.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.sightline.edge.enrol.PictureList.Subject;
import org.sightline.edge.testing.FuzzTarget;

/** A CSV file is refused with all its faults, or lists subjects each once, with pictures. */
class PictureListFuzzTest extends FuzzTarget {
  private static final ListRules RULES = new ListRules(LocalDate.parse("2026-11-30"), false);

  /** The file that every Linux has stands for a picture: the list's own folder has none. */
  @Override
  protected List<byte[]> seeds() {
    return texts(
        """
        subject,category,image,review,source,legal-basis,under18
        S-2,wanted,/proc/version,2026-12-31,custody,warrant 7,no
        S-1,missing,/proc/version,2026-11-30,"family, by hand",order 1,no
        S-2,wanted,/proc/version,2026-12-31,custody,warrant 7,no
        """,
        "\ufeffunder18,image,\"subject\",category,source,review,legal-basis\r\n"
            + "NO,/proc/version,S-1,\"wanted, \"\"urgent\"\"\",x,2026-12-31,y\r\n\r\n",
        "subject;category\nS-1;wanted\n",
        "subject,category\nS-1,wanted\n");
  }

  @Override
  protected void take(byte[] input) throws IOException {
    try {
      Collection<Subject> list = PictureList.ofCsv(fileOf(input), RULES);
      assertThat(list).isNotEmpty().extracting(Subject::subject).doesNotHaveDuplicates();
      assertThat(list)
          .allSatisfy(
              subject -> {
                assertThat(subject.listing().category()).isNotBlank();
                assertThat(subject.listing().reviewedUntil()).isAfterOrEqualTo(RULES.lastDay());
                assertThat(subject.pictures()).isNotEmpty();
              });
    } catch (PictureListException refusal) {
      assertOneLine(refusal);
      assertThat(refusal.faults())
          .allSatisfy(fault -> assertThat(fault).doesNotContainPattern("\\p{Cc}"));
    }
  }
}
