package com.techcorp.examples.demo;

import com.techcorp.TechCorp;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.order.PlaceOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A load whose process is killed in mid-run. Its clients turn to this process: they repeat, under
 * the same keys, the requests whose outcome they were not told, and place the rest.
 */
final class CrashedLoad {
  private static final Duration TICK = Duration.ofMillis(200);
  private static final int WORTH_A_KILL = 3;

  private final RunnerOptions options;
  private final CrashMoment moment;
  private final Screen screen;
  private final Drain drain;
  private final Tally tally = new Tally();
  private final AtomicInteger fresh = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();
  private final AtomicInteger differing = new AtomicInteger();
  private long begun;

  /**
   * What came of it.
   *
   * @param tally of all orders, whoever finished them
   * @param elapsed from the first order to the last outcome
   * @param takeOver of the killed process's orders
   * @param acknowledged orders that {@code place} had returned before the kill
   * @param repeated how many of those were asked for again
   * @param differing how many of these repeats gave another order
   */
  record Result(
      Tally tally,
      Duration elapsed,
      TakeoverWatch takeOver,
      List<UUID> acknowledged,
      int repeated,
      int differing) {}

  CrashedLoad(RunnerOptions options, CrashMoment moment, Screen screen, Drain drain) {
    this.options = options;
    this.moment = moment;
    this.screen = screen;
    this.drain = drain;
  }

  Result run(
      DemoDatabase database, TechCorp survivor, DemoProvider provider, List<PlaceOrder> carts)
      throws InterruptedException {
    // A key of its own stays used for ever: a repeat gives the same order, also a cancelled one.
    List<PlaceOrder> requests =
        carts.stream().map(request -> request.withKey("demo-" + request.cartId())).toList();
    try (WorkerProcess worker =
        new WorkerProcess(database.url(), provider.uri(), options, requests, tally)) {
      worker.awaitReady();
      begun = System.nanoTime();
      screen.line(
          "  placing %s from %s in worker %d, which is killed %s",
          Screen.count(requests.size(), "order", "orders"),
          Screen.count(options.threads(), "client", "clients"),
          worker.pid(),
          moment);
      follow(worker, requests.size());
      long killed = System.nanoTime();
      worker.kill();
      abandonMails(database);
      TakeoverWatch takeOver = new TakeoverWatch(screen, orphans(database, worker), killed);
      goOn(survivor, worker, requests, takeOver);
      return new Result(
          tally,
          elapsed(),
          takeOver,
          List.copyOf(worker.acknowledged().values()),
          repeated.get(),
          differing.get());
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /**
   * Follows the worker up to the moment at which it is killed: once that has come and some orders
   * are under way, for clients that wait for the same provider tend to order and to end together.
   */
  private void follow(WorkerProcess worker, int all) {
    long shown = begun;
    while (!drain.requested()
        && !(moment.reached(tally.ended(), all, elapsed()) && underWay() >= enoughUnderWay())) {
      boolean told = worker.listen(TICK);
      if (!told && !worker.isAlive()) {
        throw new CannotGoOnException(
            tally.ended() == all
                ? "All orders had ended before the worker was to be killed ("
                    + moment
                    + "): give more --orders, or kill it earlier."
                : "The worker ended by itself: " + worker.lastError());
      }
      if (System.nanoTime() - shown > TICK.toNanos()) {
        shown = System.nanoTime();
        screen.progress(tally, all, elapsed());
      }
    }
  }

  /**
   * Who finds a mail that somebody else is sending waits for two minutes before it calls it
   * AMBIGUOUS. Here it is known who was sending, and that they are dead.
   */
  private static void abandonMails(DemoDatabase database) {
    if (database.exclusive()) {
      PostgresStorage.on(database.dataSource()).deliveries().abandonSending(Duration.ZERO);
    }
  }

  private int underWay() {
    return tally.startedCount() - tally.ended();
  }

  private int enoughUnderWay() {
    return Math.min(options.threads(), WORTH_A_KILL);
  }

  private UnfinishedOrders orphans(DemoDatabase database, WorkerProcess worker) {
    UnfinishedOrders orphans =
        UnfinishedOrders.of(database.dataSource(), DemoShop.name(worker.pid()));
    screen.line(
        "  kill -9 of worker %d: %,d orders had ended, %,d clients wait for theirs; it owned %,d",
        worker.pid(), tally.ended(), underWay(), orphans.count());
    if (orphans.count() == 0 && !drain.requested()) {
      throw new CannotGoOnException(
          "The worker owned no order when it was killed, so there was nothing to take over: give"
              + " more --threads or a longer --latency.");
    }
    return orphans;
  }

  private void goOn(
      TechCorp survivor, WorkerProcess worker, List<PlaceOrder> requests, TakeoverWatch takeOver)
      throws InterruptedException {
    List<Integer> left = worker.unended();
    tally.unendedStartAgain();
    OrderLoad load =
        new OrderLoad(
            survivor.orders()::place,
            left.stream().map(requests::get).toList(),
            options.threads(),
            drain::requested,
            tally,
            new Repeats(left, worker.acknowledged()));
    load.start();
    takeOver.watch();
    if (!drain.requested()) {
      screen.line(
          "  the rest is placed here: %,d orders, those without an outcome again under their keys",
          left.size());
    }
    while (!load.await(TICK)) {
      screen.progress(tally, requests.size(), elapsed());
    }
    if (drain.requested()) {
      int placed = worker.acknowledged().size() + fresh.get();
      screen.line("  stopped: %,d orders were not placed", requests.size() - placed);
    }
  }

  /** Compares the orders that repeats give with those that the worker had told. */
  private final class Repeats implements OrderLoad.Listener {
    private final List<Integer> places;
    private final Map<Integer, UUID> acknowledged;

    Repeats(List<Integer> places, Map<Integer, UUID> acknowledged) {
      this.places = places;
      this.acknowledged = acknowledged;
    }

    @Override
    public void placed(int index, UUID orderId) {
      UUID before = acknowledged.get(places.get(index));
      if (before == null) {
        fresh.incrementAndGet();
        return;
      }
      repeated.incrementAndGet();
      if (!before.equals(orderId)) {
        differing.incrementAndGet();
      }
    }
  }
}
