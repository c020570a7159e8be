package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.TechCorp;
import com.techcorp.error.TechCorpException;
import com.techcorp.inventory.StockLine;
import com.techcorp.order.Cart;
import com.techcorp.order.Order;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaInstance;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything that locks rows runs against everything else, on few products. */
@Tag("slow")
class LockOrderIT {
  private static final int PRODUCTS = 4;

  /** Short enough that holds run out while their payments are under way. */
  private static final OrderOptions HASTY =
      OrderOptions.DEFAULT
          .withHoldTime(Duration.ofMillis(300))
          .withGrace(Duration.ofMillis(200))
          .withPaymentTimeout(Duration.ofMillis(250))
          .withPaymentRetry(RetryPolicy.every(Duration.ofMillis(50), 5))
          .withRefundRetry(RetryPolicy.every(Duration.ofMillis(50), 1_000));

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final List<UUID> products = new ArrayList<>();
  private final ConcurrentLinkedDeque<PlaceOrder> placed = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedDeque<OrderReceipt> orders = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedDeque<UUID> holds = new ConcurrentLinkedDeque<>();
  private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
  private PostgresServer server;
  private TestShop shop;
  private TechCorp library;

  /** One kind of work, done again and again. */
  private interface Deed {
    void act(Random random) throws Exception;
  }

  @BeforeEach
  void start() {
    server = PostgresServer.start();
    shop =
        TestShop.over(
            TestDatabase.on(server),
            SimulatedGateway.builder()
                .declineRate(0.2)
                .latency(Duration.ofMillis(2))
                .requestLifetime(Duration.ofSeconds(1))
                .seed(seed)
                .build());
    library = instance();
    for (int i = 0; i < PRODUCTS; i++) {
      products.add(shop.product(library, 500));
    }
  }

  @AfterEach
  void stop() {
    shop.close();
    server.close();
  }

  private TechCorp instance() {
    EngineOptions options =
        EngineOptions.DEFAULT
            .withLease(Duration.ofSeconds(2))
            .withPollInterval(Duration.ofMillis(50))
            .withCommitThreads(3);
    return shop.builder().engine(options).orders(HASTY).start();
  }

  @Test
  @Tag("T06")
  @DisplayName("T06 nobody deadlocks, whatever meets")
  void nobodyDeadlocks() throws Exception {
    run(Duration.ofSeconds(10));
  }

  @Test
  @Tag("T06")
  @Tag("soak")
  @DisplayName("T06 nobody deadlocks for a minute, whatever meets")
  void nobodyDeadlocksForAMinute() throws Exception {
    run(Duration.ofSeconds(60));
  }

  private void run(Duration time) throws Exception {
    System.out.println("LockOrderIT for " + time + ", seed " + seed);
    List<Deed> deeds =
        List.of(
            this::place,
            this::place,
            this::place,
            this::place,
            this::place,
            this::placeAgain,
            this::cancel,
            this::ship,
            this::administer,
            this::hold,
            this::settle,
            this::extend,
            this::restock,
            this::comeAndGo);
    ExecutorService threads = Executors.newFixedThreadPool(deeds.size());
    long end = System.nanoTime() + time.toNanos();
    List<Future<Integer>> running = new ArrayList<>();
    for (int i = 0; i < deeds.size(); i++) {
      Deed deed = deeds.get(i);
      Random random = new Random(seed + i);
      running.add(threads.submit(() -> repeat(deed, random, end)));
    }
    int done = 0;
    for (Future<Integer> deed : running) {
      done += deed.get();
    }
    threads.shutdown();
    System.out.println(done + " deeds, " + orders.size() + " orders, refusals " + refusals);
    server.log().lines().filter(line -> line.contains("canceling")).forEach(System.out::println);

    // then
    assertThat(server.log()).doesNotContainIgnoringCase("deadlock detected");
    assertSettles();
    assertThat(server.log()).doesNotContainIgnoringCase("deadlock detected");
  }

  /** Refusals are part of it; anything that is not typed is a bug. */
  private int repeat(Deed deed, Random random, long end) throws Exception {
    int done = 0;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(200_000); // leaves the processor to those that lock
      try {
        deed.act(random);
        done++;
      } catch (TechCorpException e) {
        refusals
            .computeIfAbsent(e.getClass().getSimpleName(), n -> new AtomicInteger())
            .incrementAndGet();
      }
    }
    return done;
  }

  private void place(Random random) {
    List<UUID> some = new ArrayList<>(products);
    java.util.Collections.shuffle(some, random);
    Cart.Item[] items =
        some.subList(0, 1 + random.nextInt(3)).stream()
            .map(product -> new Cart.Item(product, 1))
            .toArray(Cart.Item[]::new);
    PlaceOrder request = shop.order(items);
    OrderReceipt receipt = library.orders().place(request);
    if (random.nextInt(10) == 0) {
      shop.gateway.on().order(receipt.orderId(), SimulatedCharge.loseAnswer());
    }
    placed.add(request);
    orders.add(receipt);
    if (placed.size() > 500) {
      placed.poll();
      orders.poll();
    }
  }

  /** The same carts, while their orders are cancelled: keys come free and are taken. */
  private void placeAgain(Random random) {
    PlaceOrder request = placed.poll();
    if (request != null) {
      library.orders().place(request);
      placed.add(request);
    }
  }

  private void cancel(Random random) {
    OrderReceipt receipt = orders.poll();
    if (receipt != null) {
      orders.add(receipt);
      Order order = library.orders().history(receipt.orderId()).replay();
      library.orders().cancel(order.userId(), order.id(), "changed my mind");
    }
  }

  private void ship(Random random) {
    OrderReceipt receipt = orders.peekLast();
    if (receipt != null) {
      library.orders().ship(receipt.orderId());
    }
  }

  private void administer(Random random) {
    for (SagaInstance saga : library.admin().list(SagaFilter.all(20))) {
      switch (random.nextInt(5)) {
        case 0 -> library.admin().retry(saga.id(), "ops", "stress");
        case 1 -> library.admin().cancel(saga.id(), "ops", "stress");
        case 2 -> library.admin().compensate(saga.id(), "ops", "stress");
        case 3 -> library.admin().forceComplete(saga.id(), "ops", "stress");
        default -> library.admin().explain(saga.id());
      }
    }
  }

  private void hold(Random random) {
    UUID order = UUID.randomUUID();
    UUID first = products.get(random.nextInt(PRODUCTS));
    UUID second = products.get(random.nextInt(PRODUCTS));
    library
        .inventory()
        .reserve(
            order,
            List.of(new StockLine(first, 1), new StockLine(second, 1)),
            Duration.ofMillis(50 + random.nextInt(400)));
    holds.add(order);
  }

  private void settle(Random random) {
    UUID order = holds.poll();
    if (order != null) {
      switch (random.nextInt(5)) {
        case 0 -> library.inventory().confirm(order);
        case 1 -> library.inventory().release(order);
        case 2 -> {
          library.inventory().confirm(order);
          library.inventory().reverse(order);
        }
        default -> holds.add(order);
      }
    }
  }

  private void extend(Random random) {
    for (UUID order : holds) {
      library.inventory().extend(order, Duration.ofMillis(200));
    }
  }

  private void restock(Random random) {
    library.inventory().restock(products.get(random.nextInt(PRODUCTS)), 1 + random.nextInt(20));
  }

  /** Another instance comes, claims, and hands over when it closes; none dies here. */
  private void comeAndGo(Random random) {
    try (TechCorp other = instance()) {
      for (int i = 0; i < 50; i++) {
        TestShop.outcome(other.orders().place(shop.order(products.get(i % PRODUCTS), 1)));
      }
    }
  }

  /** All work comes to its end, and nothing is odd. */
  private void assertSettles() {
    TestShop.eventually(
        () -> {
          assertThat(shop.count("saga.instances")).isZero();
          assertThat(shop.count("messaging.outbox")).isZero();
          assertThat(shop.count("messaging.consumer_backlog")).isZero();
          InvariantReport report =
              InvariantCheck.on(shop.database().pool()).withSettled(true).run();
          assertThat(report.isClean()).as(report::text).isTrue();
        });
  }
}
