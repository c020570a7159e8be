package com.techcorp.examples.demo;

import static org.awaitility.Awaitility.await;

import com.techcorp.error.UnavailableException;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.order.OrderEventType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Events of orders that do not exist, and what a {@link HostLedger} has of them in the end. */
final class LedgerEvents {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private LedgerEvents() {}

  static Event event(UUID order, int sequence) {
    UUID id = UUID.randomUUID();
    JsonObject.Builder payload = JsonObject.builder();
    payload.put("event", type(sequence));
    payload.put("event_id", id.toString());
    payload.put("version", 1);
    payload.put("order_id", order.toString());
    payload.put("sequence", sequence);
    return new Event(id, OrderEventType.streamOf(order), sequence, type(sequence), payload.build());
  }

  private static String type(int sequence) {
    return sequence % 2 == 0 ? "order.confirmed" : "payment.confirmed";
  }

  /** Until it is taken, as the relay does. */
  static void publish(EventTransport bus, Event event) {
    await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> isTaken(bus, event));
  }

  private static boolean isTaken(EventTransport bus, Event event) throws Exception {
    try {
      return bus.publish(event).get(1, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnavailableException) {
        return false; // the broker is away for a moment
      }
      throw e;
    }
  }

  /** The ledger's lines of an order with so many events. */
  static List<String> lines(int events) {
    return IntStream.rangeClosed(1, events).mapToObj(n -> n + " " + type(n)).toList();
  }
}
