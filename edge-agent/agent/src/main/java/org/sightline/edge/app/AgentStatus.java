package org.sightline.edge.app;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a running agent stands, as it says in the status file and {@code status} shows it; numbers
 * and words of the settings only. Times are ISO 8601, in UTC. What is null is not known.
 *
 * @param alarms as in the status message
 */
public record AgentStatus(
    RunningProcess process,
    Deployment deployment,
    List<Camera> cameras,
    @Nullable Broker broker,
    @Nullable Alerts alerts,
    List<String> alarms,
    Box box) {
  /** What is no time is refused. */
  private static String time(String text) {
    return Instant.parse(text).toString();
  }

  public AgentStatus {
    Objects.requireNonNull(process);
    Objects.requireNonNull(deployment);
    Objects.requireNonNull(box);
    cameras = List.copyOf(cameras);
    alarms = List.copyOf(alarms);
  }

  /**
   * Which process said it.
   *
   * @param started of the process, by the clock as it was then
   * @param at when it said so
   * @param start by what it is known from another one with its number; null where the system does
   *     not say
   * @param deviceTime the same moment by the time that the agent follows, which nobody can set back
   */
  public record RunningProcess(
      long pid,
      @Nullable String started,
      String at,
      String version,
      @Nullable String start,
      @Nullable String deviceTime) {
    public RunningProcess {
      at = time(at);
      deviceTime = deviceTime == null ? null : time(deviceTime);
    }
  }

  /**
   * What is watched over.
   *
   * @param ends when capture is over if nothing else comes
   * @param permits what is authorised beyond what every alert says
   * @param urgent null unless the authorisation is urgent
   * @param capturing false before the authorised start, and when cameras are closed
   * @param paused null unless capture is interrupted
   */
  public record Deployment(
      String id,
      String starts,
      String ends,
      boolean capturing,
      @Nullable Paused paused,
      List<String> permits,
      @Nullable String urgent) {
    public Deployment {
      starts = time(starts);
      ends = time(ends);
      permits = List.copyOf(permits);
    }
  }

  /**
   * An interruption of capture.
   *
   * @param reason a word
   */
  public record Paused(String since, String reason) {
    public Paused {
      since = time(since);
    }
  }

  /**
   * One camera.
   *
   * @param framesPerSecond that came lately; null in the first seconds
   * @param searchedSecondsAgo age of the last searched frame; null before the first
   * @param stalls times that it was opened again
   * @param broken frames that could not be decoded
   * @param dropped frames given up because the box was busy
   */
  public record Camera(
      String id,
      List<String> alarms,
      @Nullable Double framesPerSecond,
      @Nullable Double searchedSecondsAgo,
      long stalls,
      long broken,
      long dropped) {
    public Camera {
      alarms = List.copyOf(alarms);
    }
  }

  /**
   * The link to the broker.
   *
   * @param queued alerts that wait
   * @param trouble why alerts do not flow
   */
  public record Broker(boolean connected, int queued, @Nullable String trouble) {}

  /** What became of the alerts of the deployment. */
  public record Alerts(long raised, long foundTrue, long foundFalse, long unresolved, long open) {}

  /**
   * The computer.
   *
   * @param celsius the warmest of its sensors
   * @param networksOn what the networks run on
   */
  public record Box(
      @Nullable Long diskFreeMib, @Nullable Double celsius, @Nullable String networksOn) {}
}
