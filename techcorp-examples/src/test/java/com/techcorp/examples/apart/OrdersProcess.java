package com.techcorp.examples.apart;

import com.techcorp.TechCorp;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.amqp.RemoteInventoryReserver;
import com.techcorp.catalog.Product;
import com.techcorp.error.IllegalTransitionException;
import com.techcorp.error.TechCorpException;
import com.techcorp.examples.demo.MailBook;
import com.techcorp.order.Cart;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.servers.process.ChildJvm;
import com.techcorp.servers.provider.ProviderGateway;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes orders in a process of its own, one after the other by so many callers, until it is told to
 * stop, killed, or alone: most are paid, some declined, some answered late, some cancelled again.
 */
final class OrdersProcess {
  static final UUID USER = new UUID(0, 1);
  static final long PRICE = 1_000;
  private static final UUID ADDRESS = new UUID(0, 2);
  private static final int CALLERS = 2;
  private static final long PAUSE_NANOS = 80_000_000;

  private final Map<UUID, Cart> carts = new java.util.concurrent.ConcurrentHashMap<>();
  private final TechCorp shop;
  private final String name;
  private final UUID plenty;
  private final UUID scarce;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger(CALLERS);
  private volatile boolean loading = true;

  private OrdersProcess(Map<String, String> options) {
    this.name = options.get("name");
    this.plenty = UUID.fromString(options.get("plenty"));
    this.scarce = UUID.fromString(options.get("scarce"));
    String rabbit = options.get("rabbit");
    this.shop =
        TechCorp.builder()
            .name(name)
            .storage(Settings.storage(options.get("url")))
            .payments(ProviderGateway.at(URI.create(options.get("provider"))))
            .carts(id -> Optional.ofNullable(carts.get(id)))
            .catalog(OrdersProcess::products)
            .customers(new AnyCustomer())
            .events(RabbitEventBus.connect(rabbit, Settings.RABBIT))
            .sender(MailBook.sender(Integer.parseInt(options.get("mail")), 2))
            .inventory(RemoteInventoryReserver.connect(rabbit, Settings.RABBIT, Settings.REQUESTS))
            .engine(Settings.ENGINE)
            .relay(Settings.RELAY)
            .orders(Settings.ORDERS)
            .start();
  }

  /**
   * Runs it.
   *
   * @param args options as {@code name=value}
   */
  public static void main(String[] args) throws InterruptedException {
    OrdersProcess process = new OrdersProcess(Settings.read(args));
    ChildJvm.listen(line -> process.loading = false);
    say("ready");
    for (int caller = 0; caller < CALLERS; caller++) {
      SplittableRandom random = new SplittableRandom(process.name.hashCode() * 31L + caller);
      Thread thread = new Thread(() -> process.load(random), "caller-" + caller);
      thread.start();
    }
    Thread.currentThread().join();
  }

  private void load(SplittableRandom random) {
    while (loading) {
      place(random, name + "-" + next.incrementAndGet());
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    if (running.decrementAndGet() == 0) {
      say("stopped");
    }
  }

  private void place(SplittableRandom random, String key) {
    int kind = random.nextInt(20);
    UUID product = kind < 3 ? scarce : plenty;
    String card = kind == 4 ? "tok_declined" : kind == 5 || kind == 6 ? "tok_lost" : "tok_good";
    UUID cart = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    carts.put(cart, new Cart(cart, USER, List.of(new Cart.Item(product, 1 + random.nextInt(2)))));
    try {
      OrderReceipt receipt =
          shop.orders().place(PlaceOrder.of(USER, cart, ADDRESS, "credit_card", card).withKey(key));
      say("placed " + receipt.orderId());
      if (kind > 17) {
        LockSupport.parkNanos(random.nextInt(300) * 1_000_000L);
        cancel(receipt.orderId());
      }
    } catch (TechCorpException e) {
      say("failed " + e.getClass().getSimpleName());
    } catch (RuntimeException e) {
      say("broken " + e);
    }
  }

  private void cancel(UUID order) {
    try {
      shop.orders().cancel(USER, order, "changed my mind");
      say("cancelling " + order);
    } catch (IllegalTransitionException e) {
      say("failed " + e.getMessage());
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }

  private static Map<UUID, Product> products(java.util.Collection<UUID> ids) {
    Map<UUID, Product> products = new HashMap<>();
    ids.forEach(id -> products.put(id, new Product(id, "P", PRICE, "BRL", 1)));
    return products;
  }

  private static final class AnyCustomer implements CustomerDirectory {
    @Override
    public Optional<Customer> findCustomer(UUID id) {
      return Optional.of(new Customer(id, id + "@example.com", "Ana", "pt-BR"));
    }

    @Override
    public boolean ownsAddress(UUID owner, UUID address) {
      return true;
    }
  }
}
