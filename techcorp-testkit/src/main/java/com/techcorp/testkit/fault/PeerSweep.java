package com.techcorp.testkit.fault;

import com.techcorp.concurrent.OwnThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Plays a scenario once without a fault to find every message that crosses the connections between
 * a client and a server, then once more for each of them and each {@link PeerFault} that makes
 * sense there. After the fault the peer is healed, and what is true without a fault must be true,
 * or told to be in doubt. Nothing is listed by hand: a new command is swept as soon as the client
 * says it.
 *
 * <pre>{@code
 * PeerSweep sweep = PeerSweep.of(MailScenario::new);
 * List<PeerSweep.Point> points = sweep.points();
 * assertThat(points).hasSizeGreaterThan(100);
 * sweep.playAll(points, 8);
 * }</pre>
 */
public final class PeerSweep {
  /** What a busy machine does not reach. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int ATTEMPTS = 10;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Supplier<? extends PeerScenario> stories;

  /**
   * A place for a fault.
   *
   * @param crossing the name of a message, as {@link FaultyPeer} tells it
   * @param fault what happens
   */
  public record Point(String crossing, PeerFault fault) {
    @Override
    public String toString() {
      return fault + " at " + crossing;
    }
  }

  private PeerSweep(Supplier<? extends PeerScenario> stories) {
    this.stories = stories;
  }

  /**
   * Creates a sweep of a scenario.
   *
   * @param stories gives a fresh world for each play; called by several threads if several play
   * @return to be run
   */
  public static PeerSweep of(Supplier<? extends PeerScenario> stories) {
    return new PeerSweep(stories);
  }

  /**
   * Plays without a fault.
   *
   * @return all points of the scenario, those of one crossing side by side
   * @throws AssertionError if anything is not as it must be
   */
  public List<Point> points() {
    try (PeerScenario scenario = stories.get()) {
      scenario.act();
      finish(scenario);
      List<Point> points = new ArrayList<>();
      for (PeerFaultPoint crossing : scenario.peer().crossed()) {
        crossing.kind().faults().forEach(fault -> points.add(new Point(crossing.name(), fault)));
      }
      scenario.verify(null);
      return points;
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("without a fault: " + e.getMessage(), e);
    }
  }

  /**
   * Plays once with one fault. On a busy machine a client may give up before it comes to the
   * crossing; then the scenario is played again, a few times.
   *
   * @param point where and what
   * @throws AssertionError if anything is not as it must be, or the crossing never comes
   */
  public void play(Point point) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (reaches(point)) {
        return;
      }
    }
    throw new AssertionError(
        point + ": in " + ATTEMPTS + " plays the scenario did not come so far");
  }

  private boolean reaches(Point point) {
    try (PeerScenario scenario = stories.get()) {
      FaultyPeer peer = scenario.peer().at(point.crossing(), point.fault());
      scenario.act();
      Quiet quiet = new Quiet(peer);
      await("the crossing, or the end", () -> peer.hasStruck() || quiet.lasts());
      boolean reached = peer.hasStruck();
      peer.heal();
      finish(scenario);
      scenario.verify(point.fault());
      return reached;
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(point + ": " + e.getMessage(), e);
    }
  }

  /**
   * Plays many points, several at a time: a play mostly waits.
   *
   * @param points where and what
   * @param threads how many at a time
   * @throws AssertionError if any play found anything, with all that was found
   */
  public void playAll(List<Point> points, int threads) {
    Queue<AssertionError> found = new ConcurrentLinkedQueue<>();
    ExecutorService pool = new OwnThreads().pool("techcorp-peer-sweep", threads);
    try {
      List<Future<?>> plays = new ArrayList<>();
      for (Point point : points) {
        plays.add(pool.submit(() -> play(point, found)));
      }
      for (Future<?> play : plays) {
        play.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a play was not finished", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      pool.shutdownNow();
    }
    if (!found.isEmpty()) {
      AssertionError all =
          new AssertionError(found.size() + " of " + points.size() + " plays: " + texts(found));
      found.forEach(all::addSuppressed);
      throw all;
    }
  }

  private void play(Point point, Queue<AssertionError> found) {
    try {
      play(point);
    } catch (AssertionError e) {
      found.add(e);
    }
  }

  private static String texts(Queue<AssertionError> found) {
    StringBuilder texts = new StringBuilder();
    found.forEach(error -> texts.append('\n').append(error.getMessage()));
    return texts.toString();
  }

  private static void finish(PeerScenario scenario) {
    await("what was left to do", scenario::settle);
    await("the end of all connections", scenario.peer()::isQuiet);
  }

  /** No connection has been open for a while: the client may not have connected yet. */
  private static final class Quiet {
    private static final long LONG_ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final FaultyPeer peer;
    private long since = System.nanoTime();

    Quiet(FaultyPeer peer) {
      this.peer = peer;
    }

    boolean lasts() {
      long now = System.nanoTime();
      if (!peer.isQuiet()) {
        since = now;
      }
      return now - since >= LONG_ENOUGH_NANOS;
    }
  }

  private static void await(String what, BooleanSupplier done) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        throw new AssertionError(what + " did not come in " + PATIENCE);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
