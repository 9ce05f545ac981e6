package org.sightline.edge.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingsTextTest {
  private static final String BEFORE =
      """
      # The van.
      van: van-1   # as painted on it
      threshold: 0.7

      # One or more.
      cameras:
        - id: mast-1
          source: rtsp://192.0.2.10/1
          stallAfter: 5s

      broker: {uri: "mqtt://127.0.0.1:1883"}
      """;

  private final SettingsText text = new SettingsText(BEFORE);

  @Test
  void oneKeyGetsAnotherValueAndAllElseStays() {
    text.set("van", "van-7");

    assertThat(text.toString())
        .isEqualTo(BEFORE.replace("van: van-1   # as painted on it", "van: van-7"));
  }

  @Test
  void aValueOfSeveralLinesTakesThePlaceOfOne() {
    text.set("cameras", "\n  - {id: roof, source: /dev/video0}");

    assertThat(text.toString())
        .contains("# One or more.\ncameras:\n  - {id: roof, source: /dev/video0}\n\nbroker:")
        .doesNotContain("mast-1");
  }

  @Test
  void aKeyThatIsNotThereIsAdded() {
    text.set("modelPack", "retail-0095");

    assertThat(text.toString()).startsWith(BEFORE).endsWith("\nmodelPack: retail-0095\n");
  }

  @Test
  void anEntryIsAddedBehindTheOthers() {
    assertThat(text.append("cameras", "{id: roof, source: /dev/video0}")).isTrue();
    assertThat(text.toString())
        .isEqualTo(BEFORE.replace("5s\n", "5s\n  - {id: roof, source: /dev/video0}\n"));
  }

  @Test
  void aListOnOneLineIsNotAddedTo() {
    assertThat(new SettingsText("cameras: []\n").append("cameras", "{}")).isFalse();
  }
}
