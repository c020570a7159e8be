package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.techcorp.TechCorp;
import com.techcorp.catalog.Product;
import com.techcorp.error.InvalidInputException;
import com.techcorp.error.InvalidOrderException;
import com.techcorp.order.Cart;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.order.PlaceOrder.Payment;
import com.techcorp.payment.CardToken;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SimulatedCharge;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be accepted is refused with the field's name, and leaves nothing behind. */
class BadInputIT {
  private static final String MEGABYTE = "x".repeat(1 << 20);
  private static final List<String> HOSTILE =
      List.of("", "  ", "nul\0", "\uD83D", "\uDE00alone", "line\nbreak", MEGABYTE);

  private static TestShop shop;
  private static TechCorp onPostgres;
  private static TechCorp inMemory;
  private static UUID product;

  /** A request and the field that must be named. */
  record Bad(String field, String what, PlaceOrder request) {
    @Override
    public String toString() {
      return field + " " + what;
    }
  }

  @BeforeAll
  static void start() {
    shop = TestShop.fresh();
    onPostgres = shop.start();
    inMemory = shop.closing(shop.wired().storage(MemoryStorage.create()).start());
    product = shop.product(onPostgres, 10);
    TestShop.outcome(onPostgres.orders().place(shop.order(product, 1)));
    shop.assertSettles();
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  static Stream<Bad> bad() {
    return Stream.of(carts(), texts(), nulls(), strangers()).flatMap(s -> s);
  }

  private static Stream<Bad> carts() {
    UUID dollars = priced(100, "USD");
    return Stream.of(
        new Bad("cart.items", "empty", shop.order()),
        quantity(0),
        quantity(-1),
        quantity(Long.MIN_VALUE),
        quantity(1_000_001),
        quantity(Long.MAX_VALUE),
        new Bad("cart.items[0].product_id", "null", shop.order(new Cart.Item(null, 1))),
        new Bad("cart.items[1].product_id", "unknown", two(UUID.randomUUID())),
        new Bad("cart.items[1].currency", "another", two(dollars)),
        new Bad("currency", "unknown", shop.order(priced(1, "ZZQ"), 1)),
        new Bad("currency", "null", shop.order(priced(1, null), 1)),
        new Bad("price", "negative", shop.order(priced(-1, "BRL"), 1)),
        new Bad("amount", "overflows by quantity", shop.order(priced(Long.MAX_VALUE, "BRL"), 2)),
        new Bad("amount", "overflows by sum", two(priced(Long.MAX_VALUE, "BRL"))));
  }

  private static Stream<Bad> texts() {
    return HOSTILE.stream()
        .flatMap(
            text -> {
              PlaceOrder good = shop.order(product, 1);
              return Stream.of(
                  new Bad("idempotency_key", shown(text), good.withKey(text)),
                  new Bad("payment.card_token", shown(text), paying(good, "pix", text)),
                  new Bad("payment.method", shown(text), paying(good, text, "tok")));
            });
  }

  private static Stream<Bad> nulls() {
    PlaceOrder good = shop.order(product, 1);
    Stream<Bad> components =
        Arrays.stream(PlaceOrder.class.getRecordComponents())
            .filter(component -> !component.getName().equals("idempotencyKey"))
            .map(component -> new Bad(snake(component), "null", without(good, component)));
    return Stream.concat(
        components,
        Stream.of(
            new Bad("request", "null", null),
            new Bad("payment.method", "null", paying(good, null, "tok")),
            new Bad("payment.card_token", "null", paying(good, "pix", null))));
  }

  private static Stream<Bad> strangers() {
    PlaceOrder mine = shop.order(product, 1);
    PlaceOrder theirs = shop.order(product, 1);
    return Stream.of(
        new Bad("cart_id", "another's", with(mine, theirs.cartId(), mine.shippingAddressId())),
        new Bad("cart_id", "unknown", with(mine, UUID.randomUUID(), mine.shippingAddressId())),
        new Bad(
            "shipping_address_id",
            "another's",
            with(mine, mine.cartId(), theirs.shippingAddressId())));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isRefusedByNameAndLeavesNothing(Bad bad) {
    // given
    Map<String, Long> before = rowCounts();

    // when
    Throwable onServer = catchThrowable(() -> onPostgres.orders().place(bad.request()));
    Throwable inProcess = catchThrowable(() -> inMemory.orders().place(bad.request()));

    // then
    assertThat(onServer)
        .isInstanceOfSatisfying(
            InvalidOrderException.class,
            refusal -> assertThat(refusal.field()).isEqualTo(bad.field()))
        .hasMessageNotContaining("tok_")
        .message()
        .hasSizeLessThan(500);
    assertThat(inProcess)
        .isInstanceOf(InvalidOrderException.class)
        .hasMessage(onServer.getMessage());
    assertThat(rowCounts()).isEqualTo(before);
  }

  @Test
  void everyMethodMayGoWithoutACard() {
    PlaceOrder good = shop.order(product, 1);
    PlaceOrder byTransfer =
        new PlaceOrder(
            good.userId(), good.cartId(), good.shippingAddressId(), new Payment("pix", null), null);
    TestShop.outcome(inMemoryStocked().orders().place(byTransfer));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 6, 7})
  void aReasonThatCannotBeKeptIsRefused(int which) {
    // given: an order under way, and one confirmed
    String reason = which == 7 ? null : HOSTILE.get(which);
    shop.gateway.on().every(SimulatedCharge.approve().untilReleased());
    OrderReceipt underWay = onPostgres.orders().place(shop.order(product, 1));
    TestShop.eventually(() -> assertThat(shop.gateway.waiting()).isEqualTo(1));
    UUID user = onPostgres.orders().history(underWay.orderId()).replay().userId();
    Map<String, Long> before = rowCounts();

    // when
    Throwable byCaller =
        catchThrowable(() -> onPostgres.orders().cancel(user, underWay.orderId(), reason));
    Throwable byOperator =
        catchThrowable(() -> onPostgres.admin().cancel(underWay.orderId(), "ops", reason));
    Throwable byNobody =
        catchThrowable(() -> onPostgres.admin().cancel(underWay.orderId(), reason, "because"));

    // then
    try {
      assertThat(rowCounts()).isEqualTo(before);
      refusedFor("reason", byCaller);
      refusedFor("reason", byOperator);
      refusedFor("actor", byNobody);
    } finally {
      shop.gateway.on().clear();
      TestShop.eventually(() -> assertThat(shop.gateway.releaseWaiting()).isPositive());
      TestShop.outcome(underWay);
      shop.assertSettles();
      onPostgres.inventory().restock(product, 1);
    }
  }

  private static void refusedFor(String field, Throwable refusal) {
    assertThat(refusal)
        .isInstanceOfSatisfying(
            InvalidInputException.class, invalid -> assertThat(invalid.field()).isEqualTo(field));
  }

  private static TechCorp inMemoryStocked() {
    inMemory.inventory().restock(product, 1);
    return inMemory;
  }

  private static Bad quantity(long quantity) {
    return new Bad("cart.items[0].quantity", "of " + quantity, shop.order(product, quantity));
  }

  private static PlaceOrder two(UUID second) {
    return shop.order(new Cart.Item(product, 1), new Cart.Item(second, 1));
  }

  private static UUID priced(long price, String currency) {
    UUID id = UUID.randomUUID();
    shop.catalog.put(new Product(id, "Odd", price, currency, 1));
    return id;
  }

  private static PlaceOrder paying(PlaceOrder good, String method, String token) {
    return new PlaceOrder(
        good.userId(),
        good.cartId(),
        good.shippingAddressId(),
        new Payment(method, new CardToken(token)),
        null);
  }

  private static PlaceOrder with(PlaceOrder good, UUID cart, UUID address) {
    return new PlaceOrder(good.userId(), cart, address, good.payment(), null);
  }

  private static PlaceOrder without(PlaceOrder good, RecordComponent missing) {
    try {
      RecordComponent[] components = PlaceOrder.class.getRecordComponents();
      Object[] values = new Object[components.length];
      Class<?>[] types = new Class<?>[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        boolean left = components[i].getName().equals(missing.getName());
        values[i] = left ? null : components[i].getAccessor().invoke(good);
      }
      return PlaceOrder.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static String snake(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
  }

  private static String shown(String text) {
    return text.length() > 20
        ? text.length() + " characters"
        : "'" + text.replaceAll("[^ -~]", "?") + "'";
  }

  private static Map<String, Long> rowCounts() {
    return shop.sql().withHandle(BadInputIT::rowCounts);
  }

  private static Map<String, Long> rowCounts(Handle handle) {
    Map<String, Long> counts = new TreeMap<>();
    handle
        .createQuery(
            "select table_schema || '.' || table_name from information_schema.tables"
                + " where table_type = 'BASE TABLE'"
                + " and table_schema not in ('pg_catalog', 'information_schema')")
        .mapTo(String.class)
        .forEach(
            table ->
                counts.put(
                    table,
                    handle.createQuery("select count(*) from " + table).mapTo(Long.class).one()));
    return counts;
  }
}
