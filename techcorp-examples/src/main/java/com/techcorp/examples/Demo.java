package com.techcorp.examples;

import com.techcorp.TechCorp;
import com.techcorp.examples.data.DataFiles;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** One run of the demo, from the server to the verdict. */
final class Demo {
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration STUCK = Duration.ofSeconds(60);

  private final RunnerOptions options;
  private final Screen screen;
  private final Drain drain;
  private final SimulatedGateway provider;
  private final ForgetfulGateway gateway;
  private final CountingMail mail = new CountingMail();

  Demo(RunnerOptions options, Screen screen, Drain drain) {
    this.options = options;
    this.screen = screen;
    this.drain = drain;
    this.provider =
        SimulatedGateway.builder()
            .declineRate(options.decline)
            .latency(options.latency)
            .seed(options.seed)
            .build();
    this.gateway = new ForgetfulGateway(provider, options.timeoutRate, options.seed);
  }

  int run() throws InterruptedException {
    screen.line("TechCorp demo");
    try (DemoDatabase database =
        DemoDatabase.open(options.data, options.database, options.connections())) {
      database.beforeExit(drain::request);
      screen.line("  %s", database.description());
      PostgresStorage.migrate(database.dataSource());
      return inDatabase(database);
    }
  }

  private int inDatabase(DemoDatabase database) throws InterruptedException {
    DataFiles files = options.dataFiles();
    DemoData.Loaded loaded = DemoData.load(database.dataSource(), files);
    State state = new State(database.dataSource());
    long before = state.orders();
    List<UUID> unfinished = state.unfinished();
    try (TechCorp shop = start(database, gateway)) {
      DemoData.stock(shop, files.catalogue());
      screen.line(
          "  %,d products with %,d units in stock, %,d customers, %,d carts",
          loaded.products(), state.units(), loaded.customers(), loaded.carts());
      if (before > 0) {
        resume(state, before, unfinished);
      }
      long accepted = state.messages("ACCEPTED");
      OrderLoad load = place(database, shop, files);
      comeToRest(state);
      return verdict(database, shop, state, load, before == 0, accepted);
    }
  }

  private TechCorp start(DemoDatabase database, PaymentGateway payments) {
    PostgresStorage storage = PostgresStorage.on(database.dataSource());
    return TechCorp.builder()
        .storage(storage)
        .carts(storage.carts())
        .catalog(storage.catalog())
        .customers(storage.customers())
        .payments(payments)
        .sender(mail)
        .name("demo " + ProcessHandle.current().pid())
        .start();
  }

  /** What an earlier run left is finished first, so that it can be told apart. */
  private void resume(State state, long before, List<UUID> unfinished) throws InterruptedException {
    screen.line("  %s of earlier runs are here", Summary.count(before, "order", "orders"));
    if (!unfinished.isEmpty()) {
      screen.line(
          "  %s unfinished: taken over once the lease of the run that held them is over (5 s)",
          unfinished.size() == 1 ? "1 of them is" : unfinished.size() + " of them are");
    }
    comeToRest(state);
    if (!unfinished.isEmpty()) {
      int left = state.unfinished().size();
      long confirmed = state.confirmed(unfinished);
      screen.line(
          "  finished: %,d confirmed, %,d cancelled, %,d still open",
          confirmed, unfinished.size() - confirmed - left, left);
    }
  }

  private OrderLoad place(DemoDatabase database, TechCorp shop, DataFiles files)
      throws InterruptedException {
    List<PlaceOrder> requests = OrderRequests.of(database.dataSource(), files, options.orders);
    screen.line(
        "  placing %s from %s",
        Summary.count(requests.size(), "order", "orders"),
        Summary.count(options.threads, "client", "clients"));
    OrderLoad load = new OrderLoad(shop.orders(), requests, options.threads, drain::requested);
    load.start();
    while (!load.await(TICK)) {
      progress(load);
    }
    if (drain.requested()) {
      screen.line(
          "  stopped: %,d orders were not placed", load.size() - load.tally().startedCount());
    }
    return load;
  }

  private void progress(OrderLoad load) {
    Tally tally = load.tally();
    screen.progress(
        "  %,7d of %,d   %,d confirmed   %,d cancelled   %,d in flight   %,.0f orders/s",
        tally.ended(),
        load.size(),
        tally.confirmedCount(),
        tally.cancelledCount(),
        tally.startedCount() - tally.ended(),
        tally.ended() * 1e9 / load.elapsed().toNanos());
  }

  /** Waits until nothing is under way any more, or nothing moves: the check then names it. */
  private void comeToRest(State state) throws InterruptedException {
    State.Pending pending = state.pending();
    long moved = System.nanoTime();
    while (!pending.none() && System.nanoTime() - moved < STUCK.toNanos()) {
      screen.progress(
          "  finishing: %,d sagas under way, %,d events to publish, %,d messages to send",
          pending.sagas(), pending.events(), pending.messages());
      Thread.sleep(TICK.toMillis());
      State.Pending now = state.pending();
      moved = now.equals(pending) ? moved : System.nanoTime();
      pending = now;
    }
    if (!pending.none()) {
      screen.line("  nothing moves any more after %s: the check names what is open", STUCK);
    }
  }

  private int verdict(
      DemoDatabase database,
      TechCorp shop,
      State state,
      OrderLoad load,
      boolean fresh,
      long accepted) {
    screen.progress("  checking");
    Verdict verdict =
        Verdict.of(database.dataSource(), shop.orders(), state, fresh ? provider : null);
    Summary summary = new Summary(screen);
    summary.orders(load);
    if (gateway.lost() > 0) {
      summary.lostAnswers(gateway.lost());
    }
    summary.messages(state.messages("ACCEPTED") - accepted, state.messages("AMBIGUOUS"));
    summary.verdict(verdict, fresh, state.parked());
    screen.line("");
    if (!verdict.clean()) {
      screen.line("BROKEN: what is listed above must never happen. Please report it.");
      return Runner.BROKEN;
    }
    if (load.tally().failedCount() > 0) {
      screen.line("Clean, but not all orders were accepted: see the first reason above.");
      return Runner.ERROR;
    }
    screen.line("Clean: nothing oversold, nothing charged twice, nothing lost.");
    return Runner.CLEAN;
  }
}
