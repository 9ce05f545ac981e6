package org.sightline.edge.board;

import java.time.Duration;
import java.util.UUID;
import org.sightline.edge.board.room.ControlRoom;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.ControlRoomInbox;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.RoomTopic;
import org.sightline.edge.publish.TestAlertEvent;
import org.sightline.edge.webhook.WebhookSender;

/** A control room's inbox that has each alert which the room takes posted to a webhook, too. */
final class PostingInbox implements ControlRoomInbox {
  private final ControlRoom room;
  private final WebhookSender webhook;

  PostingInbox(ControlRoom room, WebhookSender webhook) {
    this.room = room;
    this.webhook = webhook;
  }

  /** The room first: an alert that comes again because this process died in between is posted. */
  @Override
  public boolean alert(VanId van, byte[] event, Duration expiry) {
    if (!room.alert(van, event, expiry)) {
      return false;
    }
    if (TestAlertEvent.isOne(event)) {
      return true; // It is no alert, and other software is not to take it for one.
    }
    UUID id;
    try {
      id = ReceivedAlert.parse(event).id();
    } catch (PublishException e) {
      throw new IllegalStateException("the room has read it", e);
    }
    room.expiry(id).ifPresent(expires -> webhook.post(id, event, expires));
    return true;
  }

  @Override
  public boolean status(VanId van, byte[] message, boolean retained) {
    return room.status(van, message, retained);
  }

  @Override
  public boolean outcome(VanId van, byte[] message) {
    return room.outcome(van, message);
  }

  @Override
  public boolean receipt(VanId van, byte[] message) {
    return room.receipt(van, message);
  }

  @Override
  public boolean sighting(VanId van, byte[] message, Duration expiry) {
    return room.sighting(van, message, expiry);
  }

  /** Other software that was posted an alert has it; what waits is not posted any more. */
  @Override
  public boolean discarded(VanId van, byte[] receipt) {
    room.alertsOf(van, receipt).forEach(webhook::forget);
    return room.discarded(van, receipt);
  }

  @Override
  public boolean test(byte[] message) {
    return room.test(message);
  }

  @Override
  public boolean exchanged(RoomTopic topic, byte[] message) {
    return room.exchanged(topic, message);
  }
}
