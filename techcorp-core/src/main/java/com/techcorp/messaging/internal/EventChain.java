package com.techcorp.messaging.internal;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.spi.Publication;
import com.techcorp.storage.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes some events of one stream, without a gap and in sequence, and knows how far they were
 * published and taken. One thread at a time works on it and hands it on; it holds none while it
 * waits for an answer.
 */
final class EventChain implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(EventChain.class);

  /** Less than the sequence of any event. */
  static final int NONE = -1;

  /** Those who begin chains: they let them publish, and hear how they end. */
  interface Owner {
    /** Returns whether events that this lease holds may be published. */
    boolean mayPublish(Fence fence);

    /** The chain's thread does not come back: another one begins again. */
    void abandoned(EventChain chain);

    /** These events were taken, and leave the outbox. */
    void taken(EventStream stream, List<Event> events);

    /** Nothing was taken. */
    void tookNothing(EventStream stream);
  }

  private final BusAccess access;
  private final Owner owner;
  private final EventStream stream;
  private final int last;
  private final Supplier<List<Event>> source;
  private final Fence fence;
  private final boolean fresh;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final RelayWatch.Stay stay;
  private List<Event> events = List.of();

  /** For each published event, whether it may leave the outbox. */
  private final List<CompletableFuture<Boolean>> published = new ArrayList<>(2);

  private int taken;
  private volatile boolean followed;
  private volatile boolean abandoned;

  /**
   * @param fresh whether they were just committed, and begin with the stream's first
   */
  EventChain(
      BusAccess access,
      Owner owner,
      EventStream stream,
      int last,
      Supplier<List<Event>> source,
      Fence fence,
      boolean fresh) {
    this.access = access;
    this.owner = owner;
    this.stream = stream;
    this.last = last;
    this.source = source;
    this.fence = fence;
    this.fresh = fresh;
    this.stay = RelayWatch.of(stream, this::abandon);
  }

  @Override
  public void run() {
    access.watch().pause(stay);
    try {
      events = source.get();
    } catch (Throwable e) {
      access.health().refused(stream, e);
    }
    PipelinedBus pipelined = access.pipelined();
    if (pipelined == null) {
      publish();
    } else {
      publish(pipelined);
    }
  }

  /** Publishes all events at once; the bus's thread only hands the result on. */
  private void publish(PipelinedBus keepsOrder) {
    if (events.isEmpty() || !mayPublish()) {
      end();
      return;
    }
    CompletableFuture<Integer> answer;
    access.watch().enter(stay, "giving events to the bus");
    try {
      answer = keepsOrder.publish(events, fresh);
    } catch (Throwable e) {
      answer = CompletableFuture.failedFuture(e);
    } finally {
      access.watch().pause(stay);
    }
    answer.whenComplete(this::ended);
  }

  private void ended(@Nullable Integer count, @Nullable Throwable failure) {
    if (failure != null) {
      access.health().refused(stream, failure);
    } else if (count != null && (count < 0 || count > events.size())) {
      access
          .health()
          .refused(
              stream,
              new IllegalStateException(
                  "the bus took " + count + " of " + events.size() + " events"));
    } else {
      taken = count == null ? 0 : count;
      if (taken < events.size()) {
        access.health().refused();
      } else {
        access.health().took();
      }
    }
    end();
  }

  /** Publishes until an answer is missing; waiting for it holds no thread. */
  private void publish() {
    try {
      while (published.size() < events.size() && mayPublish()) {
        Publication offered = offer(events.get(published.size()));
        if (!offered.passed().isDone()) {
          offered.passed().whenComplete((passed, failure) -> goOn(() -> answered(offered)));
          return;
        }
        if (!hasPassed(offered)) {
          break;
        }
      }
    } catch (Throwable e) {
      access.health().refused(stream, e);
    }
    endWhenTaken();
  }

  private Publication offer(Event event) {
    access.watch().enter(stay, "giving an event to the bus");
    try {
      return access.bus().offer(event);
    } finally {
      access.watch().pause(stay);
    }
  }

  /** Continues on another thread than the bus's, which has other answers to read. */
  private void goOn(Runnable next) {
    access.watch().expect(stay, "the next work");
    try {
      access
          .workers()
          .execute(
              () -> {
                access.watch().pause(stay);
                next.run();
              });
    } catch (RejectedExecutionException e) {
      end(); // closed meanwhile: the next relay publishes again what the bus took
    }
  }

  private void answered(Publication offered) {
    boolean passed = false;
    try {
      passed = hasPassed(offered);
    } catch (Throwable e) {
      access.health().refused(stream, e);
    }
    if (passed) {
      publish();
    } else {
      endWhenTaken();
    }
  }

  private boolean hasPassed(Publication offered) {
    boolean passed = offered.passed().join();
    if (passed) {
      published.add(offered.taken());
      access.health().took();
    } else {
      access.health().refused();
    }
    return passed;
  }

  private void endWhenTaken() {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(published.toArray(CompletableFuture[]::new));
    if (all.isDone()) {
      countTaken();
      return;
    }
    access.watch().expect(stay, "keeping events");
    all.whenComplete((done, failure) -> goOn(this::countTaken));
  }

  /** Counts the taken events; events behind one that was not taken are published again. */
  private void countTaken() {
    try {
      while (taken < published.size() && published.get(taken).join()) {
        taken++;
      }
      if (taken < published.size()) {
        access.health().refused();
      }
    } catch (Throwable e) {
      access.health().refused(stream, e);
    }
    end();
  }

  /** Its thread does not come back: another one begins again with what it has not removed. */
  private void abandon() {
    abandoned = true;
    owner.abandoned(this);
  }

  private boolean mayPublish() {
    return !abandoned && owner.mayPublish(fence);
  }

  /** The sequence of the last event that was taken; less than any if none was. */
  int lastTaken() {
    return taken == 0 ? NONE : events.get(taken - 1).sequence();
  }

  EventStream stream() {
    return stream;
  }

  /** The sequence of its last event. */
  int last() {
    return last;
  }

  RelayWatch.Stay stay() {
    return stay;
  }

  /** Later events of the stream wait for its end. */
  void follow() {
    followed = true;
  }

  boolean isFollowed() {
    return followed;
  }

  /** Completes when nothing of it is under way. */
  CompletableFuture<Void> ended() {
    return end;
  }

  private void end() {
    access.watch().leave(stay);
    if (abandoned) {
      log.debug("The work on {} was given to another thread meanwhile", stream);
    } else if (taken == 0) {
      owner.tookNothing(stream);
    } else {
      owner.taken(stream, events.subList(0, taken));
    }
    end.complete(null);
  }
}
