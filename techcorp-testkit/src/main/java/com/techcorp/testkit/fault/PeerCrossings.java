package com.techcorp.testkit.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The messages that cross the connections of one {@link FaultyPeer}, and the fault that is planned
 * at one of them until the peer is healed. Thread-safe.
 */
final class PeerCrossings {
  static final String CONNECT = "connect";
  static final String TLS = "TLS";
  static final String GREETING = "greeting";
  static final String REPLY_TO = "reply to ";
  static final String FROM_SERVER = "from the server: ";

  private final Duration lateness;
  private final CountDownLatch healed = new CountDownLatch(1);
  private final List<PeerFaultPoint> crossed = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private @Nullable String plannedAt;
  private @Nullable PeerFault planned;
  private @Nullable String struck;

  /** Notes messages; what is late is so late. */
  PeerCrossings(Duration lateness) {
    this.lateness = lateness;
  }

  /** Makes a fault happen, at one message and all later ones of its kind. */
  synchronized void plan(String crossing, PeerFault fault) {
    plannedAt = crossing;
    planned = fault;
  }

  /** Notes a message; the fault if it is to be misbehaved at. */
  synchronized @Nullable PeerFault cross(String message, PeerFaultPoint.Kind kind) {
    int count = counts.merge(message, 1, Integer::sum);
    String crossing = count == 1 ? message : message + " #" + count;
    crossed.add(new PeerFaultPoint(crossing, kind));
    if (planned != null && crossing.equals(plannedAt)) {
      struck = message;
    }
    return message.equals(struck) ? planned : null;
  }

  /** Returns the messages that have crossed so far, in order. */
  synchronized List<PeerFaultPoint> all() {
    return List.copyOf(crossed);
  }

  /** Returns whether the fault has happened. */
  synchronized boolean hasStruck() {
    return struck != null;
  }

  /** Ends the fault. */
  void heal() {
    synchronized (this) {
      planned = null;
    }
    healed.countDown();
  }

  void awaitHealed() throws InterruptedException {
    healed.await();
  }

  Duration lateness() {
    return lateness;
  }
}
