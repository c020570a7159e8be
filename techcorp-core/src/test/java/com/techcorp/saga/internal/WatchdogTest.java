package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.UnavailableException;
import com.techcorp.health.Finding;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.FaultOptions;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.Fence;
import com.techcorp.storage.NodeRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is taken from a process that does not move it, and what only gets more time. */
class WatchdogTest {
  private static final EngineOptions OPTIONS =
      EngineOptions.DEFAULT.withLease(Duration.ofSeconds(6));
  private static final Duration LEASE = OPTIONS.lease();
  private static final Fence NODE = new Fence(1, 1);

  private final ManualThreads threads = new ManualThreads();
  private final Journal journal = new Journal();
  private final Ownership ownership =
      new Ownership(new Nodes(), "test", LEASE, FaultOptions.DEFAULT, new FaultBoundary(), threads);
  private final Watchdog watchdog = new Watchdog(journal.proxy(), ownership, OPTIONS, threads);
  private final AtomicInteger wokenUp = new AtomicInteger();

  /** Notes what is asked of it; every row is this node's. */
  private static final class Journal {
    final List<UUID> released = new ArrayList<>();
    final List<UUID> handedOver = new ArrayList<>();
    final List<UUID> extended = new ArrayList<>();
    final List<UUID> stuckElsewhere = new ArrayList<>();
    boolean rowHasTime;
    boolean rowIsGone;
    @Nullable RuntimeException fault;

    SagaJournal proxy() {
      return (SagaJournal)
          Proxy.newProxyInstance(
              SagaJournal.class.getClassLoader(),
              new Class<?>[] {SagaJournal.class},
              (proxy, method, args) -> {
                if (fault != null) {
                  throw fault;
                }
                return switch (method.getName()) {
                  case "release" -> rowHasTime ? List.of() : noted(released, args[1]);
                  case "handOver" -> noted(handedOver, args[1]);
                  case "extend" -> rowIsGone ? List.of() : noted(extended, args[1]);
                  case "releaseStuck" -> List.copyOf(stuckElsewhere);
                  case "find" -> Optional.empty();
                  default -> throw new UnsupportedOperationException(method.getName());
                };
              });
    }

    @SuppressWarnings("unchecked")
    private static List<UUID> noted(List<UUID> in, Object ids) {
      in.addAll((Collection<UUID>) ids);
      return List.copyOf((Collection<UUID>) ids);
    }
  }

  private static final class Nodes implements NodeRegistry {
    @Override
    public Fence register(String name, Duration lease) {
      return NODE;
    }

    @Override
    public boolean renew(Fence fence, Duration lease) {
      return true;
    }

    @Override
    public void retire(Fence fence) {
      throw new UnavailableException("the epoch cannot be ended now");
    }

    @Override
    public int retireLapsed() {
      return 0;
    }
  }

  /** A saga in this process's hands. */
  private final class Saga implements DrivenSaga {
    final UUID id;
    final Whereabouts at;
    final List<String> taken = new ArrayList<>();
    long beginBy = watchdog.times().now() + OPTIONS.placeTimeout().toNanos();
    int toldTooSlow;

    /** For so long it may be here, and for so long its row gives it. */
    Saga(Duration here, Duration inRow) {
      this(UUID.randomUUID(), here, inRow);
      watchdog.watch(this);
    }

    /** Not watched yet. */
    Saga(UUID id, Duration here, Duration inRow) {
      this.id = id;
      at = new Whereabouts(in(here), in(inRow));
      at.isAt("calling", "pay", in(here));
    }

    private long in(Duration time) {
      return watchdog.times().now() + time.toNanos();
    }

    @Override
    public UUID id() {
      return id;
    }

    @Override
    public Whereabouts whereabouts() {
      return at;
    }

    @Override
    public long beginBy() {
      return beginBy;
    }

    @Override
    public boolean tooSlow() {
      return toldTooSlow++ == 0;
    }

    @Override
    public void taken(String why) {
      taken.add(why);
      watchdog.forget(this);
    }
  }

  @BeforeEach
  void start() {
    ownership.start();
    watchdog.start(wokenUp::incrementAndGet);
  }

  private void turnAfter(Duration time) {
    threads.pass(time);
    threads.turn();
  }

  /** Heartbeats included. */
  private void turnsIn(Duration time) {
    for (int i = 0; i < 6; i++) {
      turnAfter(time.dividedBy(6));
    }
  }

  @Test
  void whatMovesInTimeIsLeftAlone() {
    Saga saga = new Saga(LEASE.multipliedBy(2), LEASE.multipliedBy(4));

    turnAfter(LEASE);

    assertThat(saga.taken).isEmpty();
    assertThat(journal.released).isEmpty();
    assertThat(journal.extended).isEmpty();
    assertThat(watchdog.findings()).isEmpty();
  }

  @Test
  void whatIsStuckIsTakenAloneWithItsPlaceAndTheNodeKeepsTheRest() {
    // given
    Saga stuck = new Saga(LEASE, LEASE);
    Saga other = new Saga(LEASE.multipliedBy(9), LEASE.multipliedBy(9));

    // when
    threads.pass(LEASE.plusSeconds(1));
    assertThat(watchdog.findings())
        .extracting(Finding::code, Finding::subject, Finding::thread, Finding::since)
        .containsExactly(
            tuple("SAGA_STUCK", stuck.id, Thread.currentThread().getName(), Duration.ofSeconds(1)));
    threads.turn();

    // then
    assertThat(journal.released).containsExactly(stuck.id);
    assertThat(stuck.taken).containsExactly("it was stuck calling pay");
    assertThat(other.taken).isEmpty();
    assertThat(ownership.holds(NODE)).isTrue();
    assertThat(watchdog.counters()).containsEntry("sagas.released", 1L);
    assertThat(watchdog.leftToOthers()).containsExactly(stuck.id);
    threads.pass(LEASE);
    assertThat(watchdog.leftToOthers()).as("a lease later").isEmpty();
  }

  @Test
  void whatIsLateButUnderWayGetsMoreTime() {
    // given: its row's time ends long before that of its call
    Saga saga = new Saga(LEASE.multipliedBy(3), LEASE);

    // when
    turnAfter(LEASE.minusSeconds(1));

    // then: for as long as it may stay, and a commit after it
    assertThat(journal.extended).containsExactly(saga.id);
    assertThat(saga.at.moveBy()).isEqualTo(saga.at.until() + LEASE.toNanos());
    assertThat(saga.taken).isEmpty();
  }

  @Test
  void moreTimeIsNotBelievedWhereTheRowHasNone() {
    // given: it is late, and another process has finished it
    Saga saga = new Saga(LEASE.multipliedBy(3), LEASE);
    journal.rowIsGone = true;
    long moveBy = saga.at.moveBy();

    // when
    turnAfter(LEASE.minusSeconds(1));

    // then
    assertThat(saga.taken).containsExactly("it moved on in another process");
    assertThat(saga.at.moveBy()).isEqualTo(moveBy);
  }

  @Test
  void whatIsClaimedAgainIsDrivenOnce() {
    // given: this process still drives what it lost, and another saga
    Saga lost = new Saga(LEASE.multipliedBy(3), LEASE.multipliedBy(3));
    Saga other = new Saga(LEASE.multipliedBy(3), LEASE.multipliedBy(3));
    Saga claimed = new Saga(lost.id, LEASE.multipliedBy(3), LEASE.multipliedBy(3));

    // when
    watchdog.watchClaimed(claimed);

    // then
    assertThat(lost.taken).containsExactly("this process lost it and claimed it again");
    assertThat(claimed.taken).isEmpty();
    assertThat(other.taken).isEmpty();
  }

  @Test
  void aCallIsNotSentOnceTheRowKeepsOthersAwayForAThirdOfALeaseOnly() {
    Saga saga = new Saga(LEASE.multipliedBy(3), LEASE);

    assertThat(watchdog.times().keepsOthersAway(saga.at)).isTrue();
    threads.pass(LEASE.multipliedBy(2).dividedBy(3));
    assertThat(watchdog.times().keepsOthersAway(saga.at)).isFalse();
  }

  @Test
  void whatHasMovedOnWithoutThisProcessIsLetGo() {
    Saga saga = new Saga(LEASE, LEASE);
    journal.rowHasTime = true; // and it is not found either

    turnAfter(LEASE.plusSeconds(1));

    assertThat(saga.taken).containsExactly("it moved on in another process");
    assertThat(watchdog.counters()).containsEntry("sagas.released", 0L);
  }

  @Test
  void whoWaitsForABeginningIsToldOnceThatItTookTooLong() {
    Saga saga = new Saga(LEASE.multipliedBy(99), LEASE.multipliedBy(99));

    turnAfter(OPTIONS.placeTimeout());
    assertThat(saga.toldTooSlow).isZero();
    turnAfter(Duration.ofMillis(1));
    turnAfter(Duration.ofMillis(1));

    assertThat(watchdog.counters()).containsEntry("begin.timed-out", 1L);
  }

  @Test
  void theSagasOfOthersAreLookedAtOnceInALease() {
    // given
    journal.stuckElsewhere.add(UUID.randomUUID());
    threads.turn();
    assertThat(wokenUp).as("not at the start").hasValue(0);

    // when, then
    turnsIn(LEASE);
    assertThat(wokenUp).hasValue(1);
    turnsIn(LEASE.dividedBy(2));
    assertThat(wokenUp).hasValue(1);
    turnsIn(LEASE.dividedBy(2));
    assertThat(wokenUp).hasValue(2);
    assertThat(watchdog.counters()).containsEntry("sagas.released-of-others", 2L);
  }

  @Test
  void theSagasOfOthersAreNotLookedAtRightAfterAnOutage() {
    // given: no heartbeat for a lease, as when the storage was away for all nodes
    journal.stuckElsewhere.add(UUID.randomUUID());
    turnAfter(LEASE);

    // when, then
    turnsIn(LEASE.dividedBy(2));
    assertThat(wokenUp).hasValue(0);
    turnsIn(LEASE);
    assertThat(wokenUp).hasValue(1);
  }

  @Test
  void aStorageThatFailsIsAskedAgain() {
    Saga saga = new Saga(LEASE, LEASE);
    journal.fault = new UnavailableException("not now");
    turnAfter(LEASE.plusSeconds(1));
    assertThat(saga.taken).isEmpty();

    journal.fault = null;
    threads.turn();

    assertThat(saga.taken).hasSize(1);
  }

  @Test
  void whatCannotGoOnHereIsHandedOverAlone() {
    UUID id = UUID.randomUUID();

    watchdog.letGo(NODE, id, new UnavailableException("unreadable"));

    assertThat(journal.handedOver).containsExactly(id);
    assertThat(ownership.holds(NODE)).isTrue();
    assertThat(watchdog.leftToOthers()).containsExactly(id);
    assertThat(watchdog.counters()).containsEntry("sagas.released", 1L);
  }

  @Test
  void onlyIfNotEvenThatCanBeWrittenTheLeaseIsGivenUp() {
    journal.fault = new UnavailableException("no connection");

    assertThatThrownBy(
            () -> watchdog.letGo(NODE, UUID.randomUUID(), new UnavailableException("unreadable")))
        .isSameAs(journal.fault);

    assertThat(ownership.holds(NODE)).isFalse();
  }

  @Test
  void tellsWhereASagaIsAndOnWhichThread() {
    Saga saga = new Saga(LEASE, LEASE.multipliedBy(9));
    String thread = Thread.currentThread().getName();

    assertThat(watchdog.tell(saga.id))
        .isEqualTo(
            "In this process it is calling pay, on thread %s, and may be for 6 s more.", thread);
    threads.pass(LEASE.plusSeconds(4));
    assertThat(watchdog.tell(saga.id))
        .isEqualTo(
            "In this process it is calling pay, on thread %s, for 4 s longer than it may.", thread);
    saga.at.waitsFor("waiting for a thread to call", "pay", watchdog.times().now());
    assertThat(watchdog.tell(saga.id)).doesNotContain("on thread");
    assertThat(watchdog.tell(UUID.randomUUID())).isNull();
  }
}
