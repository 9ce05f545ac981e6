package org.sightline.edge.app;

import java.time.Clock;
import java.util.Optional;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.deployment.Pause;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/**
 * The gate before a camera that a command opens beside the agent: asked before, and again and again
 * as long as the camera is open. Thread-safe.
 */
public final class CameraGate implements AutoCloseable {
  private final Device device;
  private final Authorisation authorisation;
  private final Optional<Pause> pause;

  private CameraGate(Device device) throws SightlineException {
    this.device = device;
    this.authorisation = device.requireAuthority(false);
    OpeningRules.requireSettings(device.settings(), authorisation);
    this.pause = pause();
  }

  /**
   * Opens the box that the settings describe, and asks what the agent asks.
   *
   * @throws SightlineException if no camera may be opened now
   */
  public static CameraGate open(AgentSettings settings, Clock wall) throws SightlineException {
    Device device = Device.open(settings, wall);
    try {
      return new CameraGate(device);
    } catch (SightlineException | RuntimeException | Error e) {
      device.close();
      throw e;
    }
  }

  /** What was authorised when it was opened. */
  public Authorisation authorisation() {
    return authorisation;
  }

  /** The box, as long as this is open. */
  public Device device() {
    return device;
  }

  /**
   * Asks again.
   *
   * @throws SightlineException if the deployment is over, its authorisation does not stand any more
   *     or says something else of cameras, or it was paused after this was opened
   */
  public void requireStill() throws SightlineException {
    Authorisation now = device.requireAuthority(false);
    if (!now.site().equals(authorisation.site())) {
      throw over("another authorisation is there now");
    }
    Optional<Pause> current = pause();
    if (current.isPresent()
        && pause.map(Pause::number).filter(known -> known == current.get().number()).isEmpty()) {
      throw over("the deployment was paused");
    }
  }

  private Optional<Pause> pause() throws SightlineException {
    return device.deployments().pauses().current(authorisation.deployment());
  }

  private SightlineException over(String what) {
    return new SightlineException(
        ErrorKind.REFUSED,
        what + " while a camera was open, which is closed",
        "deployment " + authorisation.deployment(),
        "start the command again if it is still to look");
  }

  @Override
  public void close() {
    device.close();
  }
}
