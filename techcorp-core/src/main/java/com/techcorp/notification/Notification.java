package com.techcorp.notification;

import com.techcorp.messaging.EventStream;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * A message to send: the template, the recipient and the event that causes it. Event, channel and
 * recipient together name it: a second one with the same three is the same notification.
 *
 * @param eventId the event that caused it
 * @param stream what it is about: an order, a user, or a stream of the host's
 * @param userId whom it is for
 * @param channel such as {@code email}
 * @param recipient where to, such as an address
 * @param template the template's name
 * @param locale the language wanted
 * @param data what the template shows: strings, numbers, booleans, and lists and maps of them
 */
public record Notification(
    UUID eventId,
    EventStream stream,
    UUID userId,
    String channel,
    String recipient,
    String template,
    Locale locale,
    Map<String, Object> data) {
  /** Makes an unmodifiable copy of the data. */
  public Notification {
    data = Map.copyOf(data);
  }

  /** Returns a description without personal data. */
  @Override
  public String toString() {
    return "Notification[" + template + " about " + stream + " over " + channel + "]";
  }
}
