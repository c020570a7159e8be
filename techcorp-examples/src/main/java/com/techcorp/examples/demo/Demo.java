package com.techcorp.examples.demo;

import com.techcorp.TechCorp;
import com.techcorp.examples.data.CustomerEntry;
import com.techcorp.examples.data.DataFiles;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run of the demo, from the server to the result. */
final class Demo {
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration STUCK = Duration.ofMinutes(5);

  private final RunnerOptions options;
  private final Screen screen;
  private final Drain drain;
  private final CountingMail mail = new CountingMail();

  Demo(RunnerOptions options, Screen screen, Drain drain) {
    this.options = options;
    this.screen = screen;
    this.drain = drain;
  }

  int run() throws InterruptedException {
    screen.line("TechCorp demo");
    try (DemoDatabase database =
            DemoDatabase.open(options.data, options.database, options.connections());
        DemoProvider provider = DemoProvider.of(options)) {
      database.beforeExit(drain::request);
      screen.line("  %s", database.description());
      PostgresStorage.migrate(
          database.dataSource(), options.auth ? DemoShop.SCHEMAS_WITH_USERS : DemoShop.SCHEMAS);
      return inDatabase(database, provider);
    }
  }

  private int inDatabase(DemoDatabase database, DemoProvider provider) throws InterruptedException {
    DataFiles files = options.dataFiles();
    DemoData.Loaded loaded = DemoData.load(database.dataSource(), files);
    DatabaseView state = new DatabaseView(database.dataSource());
    long before = state.orders();
    List<UUID> unfinished = state.unfinished();
    try (TechCorp shop = start(database, provider)) {
      DemoData.stock(shop, files.catalogue());
      screen.line(
          "  %,d products with %,d units in stock, %,d customers, %,d carts",
          loaded.products(), state.units(), loaded.customers(), loaded.carts());
      if (before > 0) {
        resume(database, state, before, unfinished);
      }
      DemoSearch search = searches() ? DemoSearch.open(shop, screen) : null;
      long accepted = state.messages("ACCEPTED");
      List<PlaceOrder> requests = OrderRequests.of(database.dataSource(), files, options.orders);
      RunReport ending = new RunReport(screen, state, provider, accepted, before == 0);
      if (options.auth) {
        return behindLogins(database, shop, search, requests, state, ending);
      }
      if (options.crash == null) {
        OrderLoad load = place(shop.orders()::place, requests);
        comeToRest(state);
        boolean follows = search == null || search.follows();
        return worse(follows, ending.of(load, null, shop.orders(), database.dataSource()));
      }
      CrashedLoad.Result crashed =
          new CrashedLoad(options, options.crash, screen, drain)
              .run(database, shop, provider, requests);
      comeToRest(state);
      return ending.of(crashed, shop.orders(), database.dataSource());
    }
  }

  private TechCorp start(DemoDatabase database, DemoProvider provider) {
    return searches()
        ? DemoShop.startWithSearch(database.dataSource(), provider.gateway(), mail)
        : DemoShop.start(database.dataSource(), provider.gateway(), mail);
  }

  /** The bus is within the process, so an index would not hear of what a second process sells. */
  private boolean searches() {
    return options.crash == null;
  }

  private int behindLogins(
      DemoDatabase database,
      TechCorp shop,
      @Nullable DemoSearch search,
      List<PlaceOrder> requests,
      DatabaseView state,
      RunReport ending)
      throws InterruptedException {
    PostgresStorage storage =
        PostgresStorage.builder(database.dataSource()).schemas(DemoShop.SCHEMAS_WITH_USERS).build();
    try (LoginStores stores = LoginStores.open(LoginStores.given());
        DemoLogins logins =
            DemoLogins.open(storage, storage.users(), customersOf(requests), stores)) {
      screen.line("  customers log in, with sessions %s", stores.description());
      OrderLoad load = place(request -> logins.place(shop.orders()::place, request), requests);
      comeToRest(state);
      boolean follows = search == null || search.follows();
      return worse(
          follows, ending.of(load, logins.verdict(), shop.orders(), database.dataSource()));
    }
  }

  private static int worse(boolean searchFollows, int code) {
    return searchFollows || code != ExitCode.CLEAN ? code : ExitCode.BROKEN;
  }

  private List<CustomerEntry> customersOf(List<PlaceOrder> requests) {
    Set<UUID> ordering = requests.stream().map(PlaceOrder::userId).collect(Collectors.toSet());
    return options.dataFiles().customers().stream()
        .filter(customer -> ordering.contains(customer.userId()))
        .toList();
  }

  /** What an earlier run left is finished first, so that it can be told apart. */
  private void resume(DemoDatabase database, DatabaseView state, long before, List<UUID> unfinished)
      throws InterruptedException {
    screen.line("  %s of earlier runs are here", Screen.count(before, "order", "orders"));
    if (database.exclusive()) {
      int unsure =
          PostgresStorage.on(database.dataSource()).deliveries().abandonSending(Duration.ZERO);
      if (unsure > 0) {
        screen.line(
            "  %s being sent when the last one ended: AMBIGUOUS, and not repeated",
            unsure == 1 ? "1 message was" : unsure + " messages were");
      }
    }
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

  private OrderLoad place(Function<PlaceOrder, OrderReceipt> shop, List<PlaceOrder> requests)
      throws InterruptedException {
    screen.line(
        "  placing %s from %s",
        Screen.count(requests.size(), "order", "orders"),
        Screen.count(options.threads(), "client", "clients"));
    OrderLoad load = new OrderLoad(shop, requests, options.threads(), drain::requested);
    load.start();
    while (!load.await(TICK)) {
      screen.progress(load.tally(), load.size(), load.elapsed());
    }
    if (drain.requested()) {
      screen.line(
          "  stopped: %,d orders were not placed", load.size() - load.tally().startedCount());
    }
    return load;
  }

  /**
   * Waits until nothing is under way any more, or nothing moves: the check then names it. A message
   * that another process left half sent is settled after two minutes and some retries.
   */
  private void comeToRest(DatabaseView state) throws InterruptedException {
    DatabaseView.Pending pending = state.pending();
    long moved = System.nanoTime();
    while (!pending.none() && System.nanoTime() - moved < STUCK.toNanos()) {
      screen.progress(
          "  finishing: %,d sagas under way, %,d events to publish, %,d messages to send",
          pending.sagas(), pending.events(), pending.messages());
      Thread.sleep(TICK.toMillis());
      DatabaseView.Pending now = state.pending();
      moved = now.equals(pending) ? moved : System.nanoTime();
      pending = now;
    }
    if (!pending.none()) {
      screen.line("  nothing moves any more after %s: the check names what is open", STUCK);
    }
  }
}
