package org.sightline.edge.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the networks of one engine compute with. Whether the device asked for works shows when the
 * first network is opened; one that does not is given up for all that are opened later, and logged
 * once. Thread-safe.
 */
public final class Compute {
  private static final Logger LOG = LoggerFactory.getLogger(Compute.class);

  private final InferenceDevice asked;
  private final int threads;
  private @Nullable InferenceDevice used;
  private final List<String> failures = new ArrayList<>();

  /**
   * Nothing is tried yet.
   *
   * @param threads of one network run on the CPU, the caller's included; at least 1
   */
  public Compute(InferenceDevice asked, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("a network computes with at least one thread");
    }
    this.asked = asked;
    this.threads = threads;
  }

  /** On the CPU with so many threads, the caller's included. */
  public static Compute cpu(int threads) {
    return new Compute(InferenceDevice.CPU, threads);
  }

  public int threads() {
    return threads;
  }

  /** The device to open a network on: the one that worked last, at first the one asked for. */
  public synchronized InferenceDevice device() {
    return used == null ? asked : used;
  }

  /** Whether several pictures in one run take less time than one after the other. */
  public boolean gainsByBatches() {
    return device() != InferenceDevice.CPU;
  }

  /**
   * The device that networks run on, if one was opened; if they differ, the slowest. A pack may
   * have no network at all.
   */
  public synchronized Optional<InferenceDevice> used() {
    return Optional.ofNullable(used);
  }

  /**
   * What kept networks from running on the device asked for or a faster one than they run on, each
   * with its remedy; empty if nothing.
   */
  public synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /**
   * Takes note of the device that a network was opened on.
   *
   * @param found what kept faster devices from being used, each with its remedy; empty if nothing
   */
  public synchronized void settle(InferenceDevice device, List<String> found) {
    if (device == used) {
      return;
    }
    used = device;
    failures.addAll(found);
    LOG.info("Networks run on {}", device);
    if (!found.isEmpty()) {
      LOG.warn(
          "Networks run on {} and not on {}, which inferenceDevice asks for: {} (docs/gpu.md says"
              + " what a box needs)",
          device,
          asked,
          String.join("; ", found));
    }
  }
}
