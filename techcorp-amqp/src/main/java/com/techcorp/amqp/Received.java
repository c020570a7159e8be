package com.techcorp.amqp;

import com.rabbitmq.client.Delivery;
import com.techcorp.messaging.Event;
import org.jspecify.annotations.Nullable;

/** A delivery, and the event in it once it is read. For one thread at a time. */
final class Received {
  private final Delivery delivery;
  private @Nullable Event event;
  private @Nullable String malformed;
  private @Nullable Throwable unreadable;

  Received(Delivery delivery) {
    this.delivery = delivery;
  }

  Delivery delivery() {
    return delivery;
  }

  /** Reads the event, once. */
  void read(RabbitOptions options) {
    if (event != null || malformed != null || unreadable != null) {
      return;
    }
    try {
      Signatures.check(
          options.signing(),
          Signatures.Purpose.EVENT,
          delivery.getProperties(),
          delivery.getBody());
      event = EventMessage.read(delivery.getProperties(), delivery.getBody(), options.maxBytes());
    } catch (Fields.MalformedException e) {
      malformed = "malformed: " + e.getMessage();
    } catch (Throwable e) {
      unreadable = e;
    }
  }

  /** Returns the event; null if the delivery holds none. */
  @Nullable Event event() {
    return event;
  }

  /** Returns why the delivery holds no event. */
  String malformed() {
    return String.valueOf(malformed);
  }

  /** Returns what kept the delivery from being read, although it may be well-formed; or null. */
  @Nullable Throwable unreadable() {
    return unreadable;
  }
}
