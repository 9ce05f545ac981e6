package org.sightline.edge.fieldtest.generate;

import org.sightline.edge.fieldtest.generate.Scene.Crowd;
import org.sightline.edge.fieldtest.generate.Scene.Exposure;
import org.sightline.edge.fieldtest.generate.Scene.Video;

/**
 * A scene of twelve seconds by day, in which three people keep to their lanes, but for what a test
 * sets.
 */
public final class SampleScene {
  private final long seed;
  private int widthPx = 640;
  private int heightPx = 360;
  private int framesPerSecond = 5;
  private float seconds = 12;
  private int people = 3;
  private float crossing;
  private float noise = 2;
  private Light light = Light.DAY;
  private float exposureMillis = Light.DAY.exposureMillis();

  /** The same seed gives the same scene. */
  public SampleScene(long seed) {
    this.seed = seed;
  }

  public SampleScene size(int wide, int high) {
    widthPx = wide;
    heightPx = high;
    return this;
  }

  public SampleScene framesPerSecond(int frames) {
    framesPerSecond = frames;
    return this;
  }

  public SampleScene seconds(float length) {
    seconds = length;
    return this;
  }

  public SampleScene people(int walking) {
    people = walking;
    return this;
  }

  public SampleScene crossing(float metres) {
    crossing = metres;
    return this;
  }

  public SampleScene noise(float greyLevels) {
    noise = greyLevels;
    return this;
  }

  public SampleScene light(Light falling, float millis) {
    light = falling;
    exposureMillis = millis;
    return this;
  }

  public Scene build() {
    return new Scene(
        seed,
        new Video(widthPx, heightPx, framesPerSecond, seconds, 0),
        new Crowd(people, 0, crossing),
        new Exposure(light, exposureMillis, noise));
  }
}
