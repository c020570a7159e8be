package com.techcorp.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.techcorp.error.Reasons;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events in a consumer's queue whose type this process does not handle. Another version of the
 * application may, which is being deployed or replaced: so they are left to others for as long as a
 * deployment takes. Thread-safe; one for each consumer of a process.
 */
final class OtherTypes {
  /** Header of an event that is sent again to a consumer whose types the sender does not know. */
  static final String RESENT = "techcorp-resent";

  /** Header: how often an event has gone through the last wait because its type was unknown. */
  static final String ROUNDS = "techcorp-rounds";

  /** With the default waits, consumers have three and a half hours to handle it. */
  private static final int MOST_ROUNDS = 20;

  private static final int MOST_TYPES = 100;
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final Logger log = LoggerFactory.getLogger(OtherTypes.class);

  private final String consumer;
  private final LongSupplier nanoTime;
  private final Map<String, Told> told = new HashMap<>();

  /** The time of the last log line, and the number of events not logged since. */
  private record Told(long at, long more) {}

  OtherTypes(String consumer, LongSupplier nanoTime) {
    this.consumer = consumer;
    this.nanoTime = nanoTime;
  }

  /** Returns whether it is part of a history, of which a consumer takes what it wants. */
  static boolean isResent(BasicProperties properties) {
    return properties.getHeaders() != null && properties.getHeaders().containsKey(RESENT);
  }

  /** Counts one more time through the last wait. */
  static void countRound(Map<String, Object> headers, BasicProperties properties) {
    headers.put(ROUNDS, rounds(properties) + 1);
  }

  static boolean hasRounds(BasicProperties properties) {
    return rounds(properties) < MOST_ROUNDS;
  }

  private static int rounds(BasicProperties properties) {
    Map<String, Object> headers = properties.getHeaders();
    return headers != null && headers.get(ROUNDS) instanceof Integer rounds ? rounds : 0;
  }

  static void forget(Map<String, Object> headers) {
    headers.remove(ROUNDS);
  }

  static String reason(String type) {
    return Reasons.clean("no process that serves this consumer handles " + type);
  }

  /** Tells the log: the first time what to do, then once a minute how many there were. */
  void tell(String unknown) {
    String type = Reasons.clean(unknown); // it came from elsewhere, and may be as long as a message
    long now = nanoTime.getAsLong();
    long more;
    synchronized (told) {
      Told before = told.get(type);
      if (before == null && told.size() < MOST_TYPES) {
        told.put(type, new Told(now, 0));
        more = -1;
      } else if (before == null || now - before.at() < QUIET_NANOS) {
        told.computeIfPresent(type, (key, last) -> new Told(last.at(), last.more() + 1));
        return;
      } else {
        more = before.more();
        told.put(type, new Told(now, 0));
      }
    }
    if (more < 0) {
      log.warn(
          "Consumer {} gets {}, which this process does not handle: it goes back for others. That"
              + " is right while a version that handles it is deployed. If no version does any"
              + " more, remove the binding: RabbitEventBus.unbind(\"{}\", \"{}\"). If another"
              + " application does, give one of the two consumers another name",
          consumer,
          type,
          consumer,
          type);
    } else {
      log.warn(
          "Consumer {} still gets {}, which this process does not handle: it goes back for others"
              + " ({} more not logged)",
          consumer,
          type,
          more);
    }
  }
}
