package org.sightline.edge.authorisation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.crypto.ControlRoomIdentity;

/**
 * What an authorisation says of the alerts of a deployment.
 *
 * @param retention after which alerts, their pictures and outcomes are gone, in (0, {@link
 *     #LONGEST_RETENTION}]
 * @param staleAfter age from capture on at which an alert is no longer to be acted upon, because
 *     the person has probably gone, in (0, {@link #LONGEST_STALE_AFTER}]
 * @param controlRoom for which pictures and subject reference are sealed, and whose outcomes are
 *     accepted; empty if alerts are sent in clear and outcomes are recorded on the box alone
 * @param outcomeRule what the van asks of an outcome beyond the control room's signature; empty if
 *     one officer's word is enough. It is not written then, so that a version which does not know
 *     it reads the authorisation
 * @param permits what may be sent of an alert beyond what every alert says; empty, and not written,
 *     if that is nothing
 * @param groups of people, one of which an officer may state of somebody who was stopped; empty if
 *     no group may be stated. Not written then, as above
 */
public record AlertTerms(
    Duration retention,
    Duration staleAfter,
    Optional<ControlRoomIdentity> controlRoom,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<OutcomeRule> outcomeRule,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Permits> permits,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<StatedGroup>> groups) {
  /** Nobody can authorise that alerts are kept longer; it is also the default. */
  public static final Duration LONGEST_RETENTION = Duration.ofHours(24);

  /** In which time somebody on foot is still in sight. */
  public static final Duration DEFAULT_STALE_AFTER = Duration.ofMinutes(1);

  /** Nobody can authorise that somebody is stopped later than this. */
  public static final Duration LONGEST_STALE_AFTER = Duration.ofMinutes(15);

  /** The defaults, without a control room. */
  public static final AlertTerms DEFAULT =
      new AlertTerms(
          LONGEST_RETENTION,
          DEFAULT_STALE_AFTER,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public AlertTerms {
    Authorisation.requireWithin("retention of alerts", retention, LONGEST_RETENTION);
    Authorisation.requireWithin("age at which alerts are stale", staleAfter, LONGEST_STALE_AFTER);
    if (outcomeRule.isPresent() && controlRoom.isEmpty()) {
      throw new IllegalArgumentException("two officers judge in a control room; name it");
    }
    groups.ifPresent(StatedGroup::requireList);
    if (groups.isPresent() && controlRoom.isEmpty()) {
      throw new IllegalArgumentException("a group is stated in a control room; name it");
    }
    groups = groups.map(List::copyOf);
  }

  /** The same with a shorter retention. */
  public AlertTerms keptFor(Duration shorter) {
    return new AlertTerms(shorter, staleAfter, controlRoom, outcomeRule, permits, groups);
  }

  /** The same for a control room. */
  public AlertTerms sealedFor(ControlRoomIdentity recipient) {
    return new AlertTerms(
        retention, staleAfter, Optional.of(recipient), outcomeRule, permits, groups);
  }

  /** The same where outcomes need two officers. */
  public AlertTerms judgedByTwoOfficers() {
    return new AlertTerms(
        retention, staleAfter, controlRoom, Optional.of(OutcomeRule.TWO_OFFICERS), permits, groups);
  }

  /** The same where more may be sent of an alert. */
  public AlertTerms permitting(Permits more) {
    return new AlertTerms(retention, staleAfter, controlRoom, outcomeRule, more.ifAny(), groups);
  }

  /** Whether a picture of the alerted person's figure may be made and sent. */
  public boolean permitsBodyPicture() {
    return permits.map(Permits::bodyPicture).orElse(false);
  }

  /** What is permitted beyond what every alert says, in words, a line for each. */
  public List<String> permitLines() {
    return permits.map(Permits::lines).orElse(List.of());
  }

  /** Whether an ONVIF event may follow an alert that is sealed. */
  public boolean permitsOnvifEvents() {
    return permits.map(Permits::onvifEvents).orElse(false);
  }

  /**
   * What an outcome needs beyond a signature: the stricter of what is authorised and what the
   * policy of the alert's category asks.
   *
   * @param ofCategory whether that asks for two officers
   */
  public Optional<OutcomeRule> outcomeRule(boolean ofCategory) {
    return ofCategory ? Optional.of(OutcomeRule.TWO_OFFICERS) : outcomeRule;
  }

  /** The same where officers may state one of these groups. */
  public AlertTerms withGroups(List<StatedGroup> stated) {
    return new AlertTerms(
        retention, staleAfter, controlRoom, outcomeRule, permits, Optional.of(stated));
  }
}
