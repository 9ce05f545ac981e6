package org.sightline.edge.publish;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Engagement.Action;
import org.sightline.edge.domain.Engagement.Attempt;
import org.sightline.edge.domain.Engagement.Stop;
import org.sightline.edge.domain.Outcome;

/**
 * What an officer states became of an alert in the street, as a control room sends it to the van:
 * signed by the control room's key, described by docs/contract/engagement.v1.schema.json. It is
 * never changed; a correction is a message of its own, which names the one that it corrects.
 *
 * @param id of this message, by which it can be corrected
 * @param by officer who states it
 * @param at by the control room's clock
 * @param group of the person stopped, which the van alone can read; null if none is stated
 * @param words reason and note, which the control room alone can read; null if there are none
 * @param correction null unless it corrects an earlier one
 */
public record EngagementMessage(
    UUID id,
    UUID alert,
    Actor by,
    Instant at,
    Engagement found,
    @Nullable SealedGroup group,
    @Nullable String words,
    @Nullable Correction correction) {
  /** What is signed with the message, so that no other message passes for one. */
  public static final String TYPE = "vnd.sightline.engagement.v1+json";

  /** No message is longer. */
  public static final int MAX_SIZE_BYTES = OutcomeMessage.MAX_SIZE_BYTES;

  /**
   * What it corrects.
   *
   * @param of the last message about the alert before this one
   * @param supervisor whether a supervisor corrects it, who may correct what others state
   * @param group the one that was stated before, as it was sent; null if none was. The van keeps
   *     none, and takes it back by this
   */
  public record Correction(UUID of, boolean supervisor, @Nullable SealedGroup group) {}

  public EngagementMessage {
    if (group != null && found.stop() == null) {
      throw new IllegalArgumentException("a group is stated of somebody who was stopped");
    }
    if (correction != null && correction.of().equals(id)) {
      throw new IllegalArgumentException("nothing corrects itself");
    }
  }

  /** What is signed, under these names. */
  private record Content(
      UUID id,
      UUID alert,
      String by,
      Instant at,
      String engaged,
      String result,
      @JsonInclude(Include.NON_ABSENT) Optional<String> action,
      @JsonInclude(Include.NON_ABSENT) OptionalInt minutes,
      @JsonInclude(Include.NON_ABSENT) Optional<String> group,
      @JsonInclude(Include.NON_ABSENT) Optional<String> words,
      @JsonInclude(Include.NON_ABSENT) Optional<UUID> corrects,
      @JsonInclude(Include.NON_ABSENT) Optional<Boolean> supervisor,
      @JsonInclude(Include.NON_ABSENT) Optional<String> groupBefore) {

    EngagementMessage message() {
      if (action.isPresent() != minutes.isPresent()
          || corrects.isPresent() != supervisor.isPresent()
          || (groupBefore.isPresent() && corrects.isEmpty())) {
        throw new IllegalArgumentException("half of what belongs together");
      }
      return new EngagementMessage(
          id,
          alert,
          Actor.officer(by),
          at,
          new Engagement(
              Attempt.of(engaged),
              Outcome.of(result),
              action.map(word -> new Stop(Action.of(word), minutes.orElseThrow())).orElse(null)),
          group.map(SealedGroup::new).orElse(null),
          words.orElse(null),
          corrects
              .map(
                  of ->
                      new Correction(
                          of,
                          supervisor.orElseThrow(),
                          groupBefore.map(SealedGroup::new).orElse(null)))
              .orElse(null));
    }
  }

  private Content content() {
    Optional<Stop> stop = Optional.ofNullable(found.stop());
    Optional<Correction> corrected = Optional.ofNullable(correction);
    return new Content(
        id,
        alert,
        by.reference(),
        at,
        found.attempt().word(),
        found.result().word(),
        stop.map(each -> each.action().word()),
        stop.map(each -> OptionalInt.of(each.minutes())).orElse(OptionalInt.empty()),
        Optional.ofNullable(group).map(SealedGroup::base64),
        Optional.ofNullable(words),
        corrected.map(Correction::of),
        corrected.map(Correction::supervisor),
        corrected.map(Correction::group).map(SealedGroup::base64));
  }

  /** The message, in ASCII. */
  public byte[] sign(ControlRoomKeys keys) {
    return keys.sign(TYPE, CanonicalJson.write(content()));
  }

  /**
   * The engagement in a message, if this control room signed it and it says nothing that this
   * version does not know, but may not pass over.
   */
  public static Optional<EngagementMessage> read(byte[] message, ControlRoomIdentity controlRoom) {
    if (message.length > MAX_SIZE_BYTES) {
      return Optional.empty();
    }
    return controlRoom
        .verified(TYPE, message)
        .flatMap(content -> CanonicalJson.read(content, Content.class))
        .flatMap(
            content -> {
              try {
                return Optional.of(content.message());
              } catch (IllegalArgumentException e) {
                return Optional.empty();
              }
            });
  }
}
