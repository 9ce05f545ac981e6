package org.sightline.edge.publish;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.LogInstance;
import org.sightline.edge.audit.LogPosition;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.PauseReason;

/**
 * The state of a van, for those who watch it.
 *
 * @param queued alerts that wait to be published
 * @param auditHead of its audit log
 * @param instance of that log; null while the data file could not be read
 * @param alarms what needs somebody's attention, as slugs such as {@code destruction-failed}; none
 *     when all is well
 * @param cameras each of the van's cameras of which frames are expected; none while none is open
 * @param pause null unless its deployment is paused
 * @param terms by which it may alert now
 * @param figures what was measured lately; null if nothing was
 */
public record VanStatus(
    int queued,
    AuditHead auditHead,
    @Nullable LogInstance instance,
    List<String> alarms,
    List<Camera> cameras,
    @Nullable Pause pause,
    Terms terms,
    @Nullable Figures figures) {
  /** What the device signs with a status, so that no other message passes for one. */
  public static final String SIGNED_TYPE = "vnd.sightline.status.v1+json";

  /** Before anything is known. */
  public static final VanStatus NONE =
      new VanStatus(0, AuditHead.START, null, List.of(), List.of(), null, Terms.NONE, null);

  /**
   * A camera of the van.
   *
   * @param alarms those of the van that are this camera's; none while it sees
   */
  public record Camera(CameraId id, List<String> alarms) {
    public Camera {
      alarms = List.copyOf(alarms);
    }
  }

  /**
   * By what it may alert now.
   *
   * @param lapses when its deployment ends unless a second authority confirms the urgent
   *     authorisation; null if that is not so
   * @param sealsFor the key of the control room that its alerts are sealed for now, see {@link
   *     org.sightline.edge.crypto.ControlRoomIdentity#keyId}; null if none is authorised, or none
   *     may have them
   */
  public record Terms(@Nullable Instant lapses, @Nullable String sealsFor) {
    /** Before anything is known. */
    public static final Terms NONE = new Terms(null, null);
  }

  /** An interruption of capture. */
  public record Pause(Instant since, PauseReason reason) {}

  /**
   * What was measured of a van lately, for those who look after it; nothing is decided by it. What
   * is null is not known.
   *
   * @param cameras those that are open
   * @param diskFreeMib on the disk of its data folder
   * @param celsius of the warmest sensor of the box
   * @param networksOn the device that the networks run on, a word such as {@code cpu}
   */
  public record Figures(
      List<Rate> cameras,
      @Nullable Long diskFreeMib,
      @Nullable Double celsius,
      @Nullable String networksOn) {
    public Figures {
      cameras = List.copyOf(cameras);
    }
  }

  /**
   * How a camera's frames come.
   *
   * @param framesPerSecond over the last seconds
   * @param searchedSecondsAgo age of the newest frame that was searched; null before the first
   */
  public record Rate(
      CameraId id, @Nullable Double framesPerSecond, @Nullable Double searchedSecondsAgo) {}

  public VanStatus {
    alarms = List.copyOf(alarms);
    cameras = List.copyOf(cameras);
  }

  public VanStatus(int queued, LogPosition log, List<String> alarms) {
    this(queued, log.head(), log.instance(), alarms, List.of(), null, Terms.NONE, null);
  }

  /** The same with its cameras. */
  public VanStatus with(List<Camera> others) {
    return new VanStatus(queued, auditHead, instance, alarms, others, pause, terms, figures);
  }

  /** The same while its deployment is paused, or not. */
  public VanStatus during(@Nullable Pause other) {
    return new VanStatus(queued, auditHead, instance, alarms, cameras, other, terms, figures);
  }

  /** The same where an urgent authorisation waits to be confirmed, or not. */
  public VanStatus lapsing(@Nullable Instant at) {
    return under(new Terms(at, terms.sealsFor));
  }

  /** The same while its alerts are sealed for a control room, or for none. */
  public VanStatus sealing(@Nullable String keyId) {
    return under(new Terms(terms.lapses, keyId));
  }

  private VanStatus under(Terms others) {
    return new VanStatus(queued, auditHead, instance, alarms, cameras, pause, others, figures);
  }

  /** The same with what was measured, if anything was. */
  public VanStatus measuring(@Nullable Figures measured) {
    return new VanStatus(queued, auditHead, instance, alarms, cameras, pause, terms, measured);
  }

  /** See {@link Terms}. */
  public @Nullable Instant lapses() {
    return terms.lapses;
  }

  /** See {@link Terms}. */
  public @Nullable String sealsFor() {
    return terms.sealsFor;
  }
}
