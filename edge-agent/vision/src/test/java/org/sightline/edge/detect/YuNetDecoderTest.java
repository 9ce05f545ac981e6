package org.sightline.edge.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.PointPx;

class YuNetDecoderTest {
  private static final int COLUMNS = 8;
  private static final int ROWS = 6;
  private static final int CELLS = COLUMNS * ROWS;

  private final YuNetDecoder decoder = new YuNetDecoder(0.6f, 0.3f);
  private final FloatBuffer classes = FloatBuffer.allocate(2 * CELLS);
  private final FloatBuffer objects = FloatBuffer.allocate(2 * CELLS);
  private final FloatBuffer boxes = FloatBuffer.allocate(2 * CELLS * 4);
  private final FloatBuffer landmarks = FloatBuffer.allocate(2 * CELLS * 10);

  @Test
  void aCellSpeaksInStridesFromItsOwnPlace() {
    propose(0, 3, 2, 0.81f, 1);
    boxes.put(4 * cell(3, 2), 0.5f).put(4 * cell(3, 2) + 1, 0.25f);
    boxes.put(4 * cell(3, 2) + 2, (float) Math.log(4)).put(4 * cell(3, 2) + 3, (float) Math.log(5));
    for (int i = 0; i < 10; i++) {
      landmarks.put(10 * cell(3, 2) + i, i);
    }
    Face face = decode(16, 0, 1, 1).get(0);
    assertThat(face.score()).isCloseTo(0.9f, within(1e-6f));
    assertThat(face.box().x()).isCloseTo(16 * 3.5f - 32, within(1e-3f));
    assertThat(face.box().y()).isCloseTo(16 * 2.25f - 40, within(1e-3f));
    assertThat(face.box().width()).isCloseTo(64, within(1e-3f));
    assertThat(face.box().height()).isCloseTo(80, within(1e-3f));
    assertThat(face.landmarks().rightEye()).isEqualTo(new PointPx(48, 48));
    assertThat(face.landmarks().leftMouth()).isEqualTo(new PointPx(16 * 11, 16 * 11));
  }

  @Test
  void facesAreGivenInThePicturesOwnPixels() {
    propose(0, 4, 3, 1, 1);
    Face face = decode(8, 0, 0.5f, 2).get(0);
    assertThat(face.box().centreX()).isEqualTo(16);
    assertThat(face.box().centreY()).isEqualTo(48);
    assertThat(face.box().width()).isEqualTo(4);
    assertThat(face.box().height()).isEqualTo(16);
  }

  @Test
  void aScoreBelowTheThresholdIsNoFace() {
    propose(0, 1, 1, 0.7f, 0.5f);
    assertThat(decode(8, 0, 1, 1)).isEmpty();
  }

  @Test
  void probabilitiesBeyondTheirRangeAreClamped() {
    propose(0, 1, 1, 1.7f, 1.2f);
    propose(0, 5, 4, -2, -2);
    assertThat(decode(8, 0, 1, 1)).extracting(Face::score).containsExactly(1f);
  }

  @Test
  void ofOverlappingProposalsTheBestIsKept() {
    propose(0, 2, 2, 0.8f, 0.8f);
    propose(0, 3, 2, 0.9f, 0.9f);
    boxes.put(4 * cell(2, 2) + 2, 1).put(4 * cell(2, 2) + 3, 1);
    boxes.put(4 * cell(3, 2) + 2, 1).put(4 * cell(3, 2) + 3, 1);
    assertThat(decode(8, 0, 1, 1)).extracting(Face::score).containsExactly(0.9f);
  }

  @Test
  void apartProposalsAreAllKeptBestFirst() {
    propose(0, 0, 0, 0.7f, 0.7f);
    propose(0, 3, 3, 0.9f, 0.9f);
    propose(0, 6, 5, 0.8f, 0.8f);
    assertThat(decode(8, 0, 1, 1)).extracting(Face::score).containsExactly(0.9f, 0.8f, 0.7f);
  }

  @Test
  void picturesOfABatchDoNotMix() {
    propose(1, 3, 3, 0.9f, 0.9f);
    assertThat(decode(8, 0, 1, 1)).isEmpty();
    assertThat(decode(8, 1, 1, 1)).hasSize(1);
  }

  @Test
  void aProposalOfNoFiniteSizeIsDropped() {
    propose(0, 1, 1, 0.9f, 0.9f);
    boxes.put(4 * cell(1, 1) + 2, 1000);
    propose(0, 4, 4, 0.9f, 0.9f);
    landmarks.put(10 * cell(4, 4), Float.NaN);
    assertThat(decode(8, 0, 1, 1)).isEmpty();
  }

  @Test
  void keptFacesNeverOverlapWhateverTheNetworkSays() {
    Random random = new Random(5);
    for (int round = 0; round < 100; round++) {
      for (int i = 0; i < CELLS; i++) {
        classes.put(i, random.nextFloat());
        objects.put(i, random.nextFloat());
        for (int v = 0; v < 4; v++) {
          boxes.put(4 * i + v, 3 * random.nextFloat() - 1);
        }
      }
      List<Face> faces = decode(8, 0, 1, 1);
      for (int a = 0; a < faces.size(); a++) {
        for (int b = a + 1; b < faces.size(); b++) {
          assertThat(faces.get(a).score()).isGreaterThanOrEqualTo(faces.get(b).score());
          assertThat(faces.get(a).box().overlapWith(faces.get(b).box())).isLessThan(0.301f);
        }
      }
    }
  }

  private void propose(int picture, int column, int row, float classScore, float objectScore) {
    classes.put(picture * CELLS + cell(column, row), classScore);
    objects.put(picture * CELLS + cell(column, row), objectScore);
  }

  private static int cell(int column, int row) {
    return row * COLUMNS + column;
  }

  private List<Face> decode(int stride, int picture, float scaleX, float scaleY) {
    decoder.begin();
    decoder.add(stride, COLUMNS, ROWS, picture, classes, objects, boxes, landmarks);
    return decoder.faces(scaleX, scaleY);
  }
}
