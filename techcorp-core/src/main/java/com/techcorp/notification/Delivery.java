package com.techcorp.notification;

import com.techcorp.messaging.EventStream;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to one recipient because of one event.
 *
 * @param id its id
 * @param eventId the event that caused it
 * @param stream what it is about: an order, a user, or a stream of the host's
 * @param userId whom it is for
 * @param channel such as {@code email}
 * @param recipient such as an address
 * @param template the template's name
 * @param progress how far it is
 */
public record Delivery(
    UUID id,
    UUID eventId,
    EventStream stream,
    UUID userId,
    String channel,
    String recipient,
    String template,
    Progress progress) {
  /**
   * How far a delivery is.
   *
   * @param status its state
   * @param attempt how often sending was begun
   * @param lastError why the last attempt failed, or null
   * @param createdAt when it was queued
   * @param updatedAt when its state last changed
   */
  public record Progress(
      DeliveryStatus status,
      int attempt,
      @Nullable String lastError,
      Instant createdAt,
      Instant updatedAt) {
    /**
     * Returns a delivery that was just queued.
     *
     * @param at when
     * @return QUEUED, not attempted
     */
    public static Progress queued(Instant at) {
      return new Progress(DeliveryStatus.QUEUED, 0, null, at, at);
    }
  }

  /**
   * Returns the delivery in another state. One that is SENDING is attempted once more.
   *
   * @param to its state
   * @param error why the last attempt failed, or null
   * @param at when it changed
   * @return the delivery as it stands then
   */
  public Delivery moved(DeliveryStatus to, @Nullable String error, Instant at) {
    int attempts = attempt() + (to == DeliveryStatus.SENDING ? 1 : 0);
    return with(new Progress(to, attempts, error, createdAt(), at));
  }

  /**
   * Returns the delivery with other progress.
   *
   * @param next how far it is
   * @return a changed copy
   */
  public Delivery with(Progress next) {
    return new Delivery(id, eventId, stream, userId, channel, recipient, template, next);
  }

  /**
   * Returns the delivery's state.
   *
   * @return such as SENT
   */
  public DeliveryStatus status() {
    return progress.status;
  }

  /**
   * Returns how often sending was begun.
   *
   * @return attempts
   */
  public int attempt() {
    return progress.attempt;
  }

  /**
   * Returns why the last attempt failed.
   *
   * @return a reason, or null
   */
  public @Nullable String lastError() {
    return progress.lastError;
  }

  /**
   * Returns the time at which it was queued.
   *
   * @return by the storage's clock
   */
  public Instant createdAt() {
    return progress.createdAt;
  }

  /**
   * Returns the time of the last change of state.
   *
   * @return by the storage's clock
   */
  public Instant updatedAt() {
    return progress.updatedAt;
  }
}
