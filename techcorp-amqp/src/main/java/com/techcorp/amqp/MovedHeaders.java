package com.techcorp.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.impl.Frame;
import com.techcorp.messaging.Event;
import java.io.UnsupportedEncodingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Headers of a message that goes from one queue to the next. All headers travel in one frame of the
 * connection, and each move adds some: the broker where from, the bus a reason. What does not fit
 * closes the connection. So headers that leave too little room are dropped, except the bus's own.
 */
final class MovedHeaders {
  /** Header of a message that was replayed: in which run. */
  static final String REPLAY = "techcorp-replay";

  /**
   * Header of a delivery that is one attempt further than the number of its failures says, because
   * it was postponed before its first one.
   */
  static final String POSTPONED = "techcorp-postponed";

  /** What one header of ours may have. */
  private static final int LONGEST = 1_000;

  /** Of a frame, what a message's other properties may take: each is a short string. */
  private static final int OTHER_PROPERTIES = 4_000;

  private static final Set<String> OWN =
      Set.of(
          Event.TRACEPARENT,
          Event.TRACESTATE,
          EventMessage.STREAM,
          EventMessage.SEQUENCE,
          Signatures.SIGNATURE,
          REPLAY,
          OtherTypes.RESENT,
          OtherTypes.ROUNDS,
          POSTPONED);

  private MovedHeaders() {}

  /** Returns whether they can be sent at all; the client finds that out too late to go on. */
  static boolean fit(@Nullable Map<String, Object> headers, Channel channel) {
    int frame = channel.getConnection().getFrameMax();
    return headers == null || frame == 0 || size(headers) <= frame - OTHER_PROPERTIES;
  }

  /**
   * Returns whether the broker may add to them, which it does when it moves a message by itself.
   */
  static boolean areBounded(@Nullable Map<String, Object> headers, Channel channel) {
    int frame = channel.getConnection().getFrameMax();
    return headers == null || frame == 0 || size(headers) <= frame / 2;
  }

  /** Returns the headers that stay, for the caller to change. */
  static Map<String, Object> of(@Nullable Map<String, Object> headers, Channel channel) {
    Map<String, Object> kept = new HashMap<>();
    if (headers != null) {
      kept.putAll(headers);
    }
    if (!areBounded(headers, channel)) {
      kept.keySet().retainAll(OWN);
      kept.values().removeIf(value -> String.valueOf(value).length() > LONGEST);
    }
    return kept;
  }

  private static long size(Map<String, Object> headers) {
    try {
      return Frame.tableSize(headers);
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every JVM knows UTF-8", e);
    }
  }
}
