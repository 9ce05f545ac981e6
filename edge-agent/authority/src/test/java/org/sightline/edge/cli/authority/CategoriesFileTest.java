package org.sightline.edge.cli.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.enrol.Listing;
import org.sightline.edge.enrol.PictureList.ListedPicture;
import org.sightline.edge.enrol.PictureList.Subject;
import org.sightline.edge.testing.SampleCategories;

class CategoriesFileTest {
  private static final String GOOD =
      """
      categories:
        - category: wanted for violence
          colour: red
          urgency: 1
          instruction: Do not approach alone; call the desk at once
          contact: control desk, extension 4410
          sound: urgent
          threshold: 0.6
          confirmation: two-officers
        - category: missing
          colour: green
          urgency: 5
          instruction: Ask who it is, and no more
          sound: silent
          confirmation: one-officer
      """;

  @TempDir private Path folder;

  private CategoriesFile read(String text) throws Exception {
    return CategoriesFile.read(Files.writeString(folder.resolve("categories.yaml"), text));
  }

  @Test
  void whatIsWrittenIsThePolicy() throws Exception {
    assertThat(read(GOOD).policy())
        .isEqualTo(
            new CategoryPolicy(
                List.of(
                    SampleCategories.rule("wanted for violence", SampleCategories.RED, 0.6),
                    SampleCategories.rule("missing", SampleCategories.GREEN))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "colour: red | colour: pink | categories[0].colour",
        "colour: red | colour: RED | red, amber, green, blue, grey",
        "urgency: 1 | urgency: 0 | between 1 and 9",
        "urgency: 1 | urgency: one | categories[0].urgency",
        "sound: silent | sound: siren | categories[1].sound",
        "threshold: 0.6 | threshold: 6 | categories[0].threshold",
        "confirmation: one-officer | confirmation: nobody | one-officer, two-officers",
        "sound: urgent | volume: 3 | unknown key 'categories[0].volume'",
        "category: missing | category: wanted for violence | is there twice",
        "instruction: Ask who it is, and no more | colour2: x | colour2",
      })
  void aMistakeIsOneLineThatNamesIt(String good, String bad, String said) {
    SettingsException refused =
        catchThrowableOfType(SettingsException.class, () -> read(GOOD.replace(good, bad)));
    assertThat(refused.getMessage()).hasLineCount(1).contains("categories.yaml").contains(said);
  }

  @Test
  void anInstructionThatCannotBeShownIsRefused() {
    for (String text : List.of("\"a\\u202eb\"", "x".repeat(201))) {
      SettingsException refused =
          catchThrowableOfType(
              SettingsException.class,
              () -> read(GOOD.replace("Ask who it is, and no more", text)));
      assertThat(refused.getMessage()).contains("categories[1]").contains("1 to 200 characters");
    }
  }

  @Test
  void whatIsLeftOutIsNamed() {
    for (String key : List.of("colour", "urgency", "instruction", "sound", "confirmation")) {
      SettingsException refused =
          catchThrowableOfType(
              SettingsException.class, () -> read(GOOD.replaceAll("(?m)^ +" + key + ": .*\n", "")));
      assertThat(refused.getMessage()).contains("'categories[0]." + key + "' is missing");
    }
  }

  @Test
  void anEntryInACategoryThatIsNotNamedIsRefusedByItsReference() throws Exception {
    CategoriesFile file = read(GOOD);
    SightlineException refused =
        catchThrowableOfType(
            SightlineException.class,
            () -> file.requireAllNamed(List.of(listed("S-1", "missing"), listed("S-2", "wanted"))));
    assertThat(refused.getMessage()).hasLineCount(1).contains("S-2").contains("'wanted'");
  }

  private static Subject listed(String subject, String category) {
    return new Subject(
        new SubjectRef(subject),
        new Listing(category, LocalDate.parse("2027-01-31"), "policy 5.2", false),
        List.of(new ListedPicture(Path.of("a.png"), "custody", 1)));
  }
}
