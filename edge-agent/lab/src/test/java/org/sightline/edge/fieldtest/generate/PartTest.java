package org.sightline.edge.fieldtest.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartTest {
  private static final List<Mast> MASTS =
      Mast.of(new SampleScene(3).seconds(60).people(24).build(), 2);

  private static List<Part> parts(int listed, int passes) throws GenerationException {
    return Part.of(MASTS, listed, passes);
  }

  @Test
  void everyWalkIsWalkedByOnePerson() throws Exception {
    Set<Integer> walks = new HashSet<>();
    int count = 0;
    for (Part part : parts(3, 2)) {
      part.walks().forEach(walk -> walks.add(walk.number()));
      count += part.walks().size();
    }
    assertThat(walks).hasSize(24);
    assertThat(count).isEqualTo(24);
  }

  @Test
  void peopleWhoWalkByTwiceAreHalfAsMany() throws Exception {
    assertThat(parts(4, 1)).hasSize(24);
    assertThat(parts(4, 2)).hasSize(12).allMatch(part -> part.walks().size() == 2);
  }

  @Test
  void theListedComeFirst() throws Exception {
    List<Part> parts = parts(3, 2);
    assertThat(parts.subList(0, 3)).allMatch(Part::isListed);
    assertThat(parts.subList(3, parts.size())).noneMatch(Part::isListed);
  }

  @Test
  void nobodyWalksByWhileTheyAreStillThere() {
    assertThatThrownBy(() -> parts(1, 12))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("before they have left");
  }

  @Test
  void severalCamerasHaveStreetsOfTheirOwn() {
    assertThat(MASTS).extracting(mast -> mast.scene().seed()).doesNotHaveDuplicates();
  }
}
