package org.sightline.edge.app;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.AuthorisedCamera;
import org.sightline.edge.authorisation.CameraKind;
import org.sightline.edge.capture.CameraAddress;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/**
 * Which cameras may be read, where an authorisation names them: those alone, and each as what it
 * is. To leave one out is permitted, unless it has a zone: then another name of it may be meant.
 */
public final class CameraRules {
  private CameraRules() {}

  /**
   * The cameras of the settings are those that are authorised.
   *
   * @throws SightlineException naming the first that is not
   */
  static void require(AgentSettings settings, Authorisation authorisation)
      throws SightlineException {
    Optional<List<AuthorisedCamera>> named = authorisation.site().cameras();
    if (named.isEmpty()) {
      return;
    }
    for (CameraSettings camera : settings.cameras()) {
      require(camera, named.get());
    }
    for (AuthorisedCamera camera : named.get()) {
      if (camera.zone().isPresent()
          && settings.cameras().stream().noneMatch(each -> each.id().equals(camera.id()))) {
        throw refused(
            "the authorisation has a zone for a camera that the settings do not have",
            "camera " + camera.id(),
            "name the camera so in the settings, which have "
                + names(settings.cameras().stream().map(each -> each.id().value()).toList()));
      }
    }
  }

  private static void require(CameraSettings camera, List<AuthorisedCamera> named)
      throws SightlineException {
    AuthorisedCamera authorised = null;
    for (AuthorisedCamera each : named) {
      if (each.id().equals(camera.id())) {
        authorised = each;
      }
    }
    if (authorised == null) {
      throw refused(
          "the authorisation does not name this camera",
          "camera " + camera.id(),
          "take it out of the settings, or have it authorised (deployment authorise --camera);"
              + " named are "
              + names(named.stream().map(each -> each.id().value()).toList()));
    }
    boolean live = FrameSources.isLive(camera.source());
    if (live != (authorised.kind() == CameraKind.LIVE)) {
      throw refused(
          live
              ? "the authorisation names this camera as a recording, and its source is live"
              : "the authorisation names this camera as live, and its source is a recording",
          "camera " + camera.id(),
          live
              ? "name a recording as its source, or have it authorised with --camera"
              : "name the camera as its source, or have it authorised with --recording");
    }
  }

  /**
   * The authorised camera that the settings read from a source; empty if none are named.
   *
   * @throws SightlineException if cameras are named, and none of them has this source
   */
  public static Optional<AuthorisedCamera> ofSource(
      AgentSettings settings, Authorisation authorisation, String source)
      throws SightlineException {
    Optional<List<AuthorisedCamera>> named = authorisation.site().cameras();
    if (named.isEmpty()) {
      return Optional.empty();
    }
    Optional<CameraSettings> read =
        settings.cameras().stream().filter(each -> each.source().equals(source)).findFirst();
    if (read.isEmpty()) {
      throw refused(
          "the authorisation names its cameras, and in the settings none of them has this source",
          CameraAddress.describe(source),
          "give a source that stands in the settings, as it stands there");
    }
    return of(authorisation, read.get());
  }

  /**
   * The authorised camera that one of the settings is; empty if none are named.
   *
   * @throws SightlineException if cameras are named, and this is not one of them
   */
  public static Optional<AuthorisedCamera> of(Authorisation authorisation, CameraSettings camera)
      throws SightlineException {
    Optional<List<AuthorisedCamera>> named = authorisation.site().cameras();
    if (named.isEmpty()) {
      return Optional.empty();
    }
    require(camera, named.get());
    return named.get().stream().filter(each -> each.id().equals(camera.id())).findFirst();
  }

  private static String names(List<String> ids) {
    return ids.stream().collect(Collectors.joining(", "));
  }

  private static SightlineException refused(String what, String where, String remedy) {
    return new SightlineException(ErrorKind.REFUSED, what, where, remedy);
  }
}
