package com.techcorp.bench.plan;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.workload.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How much is measured unless it is said otherwise. */
public enum Mode {
  /** In a quarter of an hour: the main comparison, and a glance at everything else. */
  QUICK(30, seconds(1, 2), seconds(2, 6), seconds(1, 5), 200_000, 10_000, 20_000, 20_000),
  /** In an hour and a half: everything. */
  FULL(60, seconds(2, 5), seconds(3, 60), seconds(3, 30), 2_000_000, 100_000, 200_000, 1_000_000);

  /** Many first: the more orders the sooner the JVM has compiled what is hot. */
  static final List<Integer> CLIENTS = List.of(256, 64, 16, 1);

  /** So many clients that their threads cost something. */
  private static final int MANY = 64;

  private static final Duration SLOW = Duration.ofMillis(20);

  private final Duration warmUp;
  private final SliceTimes times;
  private final SliceTimes readerTimes;
  private final SliceTimes trustTimes;
  private final long finishedOrders;
  private final long relayedOrders;
  private final long heapOrders;
  private final long sessions;

  Mode(
      int warmUpSeconds,
      SliceTimes times,
      SliceTimes readerTimes,
      SliceTimes trustTimes,
      long finishedOrders,
      long relayedOrders,
      long heapOrders,
      long sessions) {
    this.warmUp = Duration.ofSeconds(warmUpSeconds);
    this.times = times;
    this.readerTimes = readerTimes;
    this.trustTimes = trustTimes;
    this.finishedOrders = finishedOrders;
    this.relayedOrders = relayedOrders;
    this.heapOrders = heapOrders;
    this.sessions = sessions;
  }

  private static SliceTimes seconds(int warmUp, int measured) {
    return new SliceTimes(Duration.ofSeconds(warmUp), Duration.ofSeconds(measured));
  }

  /** Of the JVM, once for each contender: two cores compile for most of a minute. */
  Duration warmUp() {
    return warmUp;
  }

  SliceTimes times() {
    return times;
  }

  SliceTimes readerTimes() {
    return readerTimes;
  }

  /** Of each half of a round, without and with the trouble. */
  SliceTimes trustTimes() {
    return trustTimes;
  }

  long finishedOrders() {
    return finishedOrders;
  }

  long relayedOrders() {
    return relayedOrders;
  }

  long heapOrders() {
    return heapOrders;
  }

  long sessions() {
    return sessions;
  }

  List<Condition> cells() {
    return this == FULL ? everything() : glance();
  }

  private static List<Condition> everything() {
    List<Condition> cells = new ArrayList<>();
    for (Tables tables : Tables.values()) {
      for (Load load : Load.values()) {
        for (Duration provider : List.of(Duration.ZERO, SLOW)) {
          CLIENTS.forEach(n -> cells.add(new Condition(load, tables, provider, n)));
        }
      }
    }
    return cells;
  }

  private static List<Condition> glance() {
    List<Condition> cells = new ArrayList<>();
    CLIENTS.forEach(n -> cells.add(new Condition(Load.UNIFORM, Tables.EMPTY, Duration.ZERO, n)));
    cells.add(new Condition(Load.UNIFORM, Tables.EMPTY, SLOW, 64));
    cells.add(new Condition(Load.HOT, Tables.EMPTY, Duration.ZERO, 64));
    cells.add(new Condition(Load.UNIFORM, Tables.FINISHED, Duration.ZERO, 64));
    return cells;
  }

  /** The engine and its floor always, others where they tell something new. */
  List<Contender> contenders(Condition cell) {
    List<Contender> contenders = new ArrayList<>(List.of(Contender.ENGINE, Contender.TWO_COMMIT));
    boolean empty = cell.tables() == Tables.EMPTY;
    boolean fast = this == FULL || cell.provider().isZero();
    if (empty && fast && cell.clients() >= MANY) {
      contenders.add(1, Contender.ENGINE_ASYNC);
    }
    boolean plain = cell.clients() == MANY && cell.provider().isZero();
    if (empty && cell.load() == Load.UNIFORM && (this == FULL || plain)) {
      contenders.add(Contender.COMMIT_A_STEP);
    }
    return contenders;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
