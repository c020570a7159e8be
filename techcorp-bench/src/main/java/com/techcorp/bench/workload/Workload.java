package com.techcorp.bench.workload;

import com.techcorp.bench.workload.Draft.Line;
import com.techcorp.catalog.Product;
import com.techcorp.order.CustomerDirectory.Customer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What there is to buy, who buys, and what they order. Ids are the same in every run, so that a
 * database filled by one process serves another.
 */
public final class Workload {
  public static final int PRODUCTS = 10_000;
  public static final int CUSTOMERS = 10_000;
  private static final int MOST_LINES = 3;

  private static final List<Product> CATALOGUE =
      IntStream.range(0, PRODUCTS)
          .mapToObj(i -> new Product(id("product", i), "Product " + i, price(i), Draft.CURRENCY, 1))
          .toList();
  private static final Map<UUID, Product> BY_ID = byId();
  private static final UUID[] USERS = ids("customer");
  private static final UUID[] ADDRESSES = ids("address");
  private static final Map<UUID, Integer> USER_NUMBERS = userNumbers();

  private final Load load;
  private final int first;

  public Workload(Load load) {
    this(load, 0);
  }

  private Workload(Load load, int first) {
    this.load = load;
    this.first = first;
  }

  /** Orders of many products, but never of the one that {@link Load#HOT} is about. */
  public static Workload neighbours() {
    return new Workload(Load.UNIFORM, 1);
  }

  /** The product that {@link Load#HOT} is about. */
  public static UUID hot() {
    return CATALOGUE.get(0).id();
  }

  public static List<Product> catalogue() {
    return CATALOGUE;
  }

  public static Optional<Product> product(UUID id) {
    return Optional.ofNullable(BY_ID.get(id));
  }

  public static Optional<Customer> customer(UUID id) {
    return Optional.ofNullable(USER_NUMBERS.get(id))
        .map(i -> new Customer(id, "customer-" + i + "@example.com", "Customer " + i, "en"));
  }

  public static boolean ownsAddress(UUID userId, UUID addressId) {
    Integer number = USER_NUMBERS.get(userId);
    return number != null && ADDRESSES[number].equals(addressId);
  }

  public static UUID[] users() {
    return USERS.clone();
  }

  /** Of each of {@link #users}. */
  public static UUID[] addresses() {
    return ADDRESSES.clone();
  }

  /** The next order of a client. */
  public Draft next(SplittableRandom random) {
    int customer = random.nextInt(CUSTOMERS);
    // Two drawn longs cannot clash with each other in practice, and cost less than a secure UUID.
    UUID cart = new UUID(random.nextLong(), random.nextLong());
    return new Draft(USERS[customer], cart, ADDRESSES[customer], lines(random));
  }

  private List<Line> lines(SplittableRandom random) {
    if (load == Load.HOT) {
      Product hot = CATALOGUE.get(0);
      return List.of(new Line(hot.id(), 1, hot.price()));
    }
    return random
        .ints(first, PRODUCTS)
        .distinct()
        .limit(1 + random.nextInt(MOST_LINES))
        .mapToObj(CATALOGUE::get)
        .map(product -> new Line(product.id(), 1 + random.nextInt(2), product.price()))
        .sorted(Comparator.comparing(Line::productId))
        .toList();
  }

  private static long price(int i) {
    return 100 + 7L * i % 9_900;
  }

  private static UUID id(String kind, int i) {
    return UUID.nameUUIDFromBytes((kind + "-" + i).getBytes(StandardCharsets.UTF_8));
  }

  private static UUID[] ids(String kind) {
    return IntStream.range(0, CUSTOMERS).mapToObj(i -> id(kind, i)).toArray(UUID[]::new);
  }

  private static Map<UUID, Product> byId() {
    Map<UUID, Product> products = new HashMap<>();
    CATALOGUE.forEach(product -> products.put(product.id(), product));
    return products;
  }

  private static Map<UUID, Integer> userNumbers() {
    Map<UUID, Integer> numbers = new HashMap<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      numbers.put(USERS[i], i);
    }
    return numbers;
  }
}
