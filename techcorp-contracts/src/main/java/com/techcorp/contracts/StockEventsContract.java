package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.catalog.ProductUpdates;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.inventory.spi.StockRules;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A product that is sold out or can be had again is published, in the transaction of the change.
 */
public abstract class StockEventsContract extends OutboxScenario {
  private static final UUID PRODUCT = newId();
  private static final UUID HOLDER = newId();

  /** For subclasses. */
  protected StockEventsContract() {}

  /**
   * An operation on a product of 3 units.
   *
   * @param given what happens before it
   * @param events how many events the operation causes
   */
  record Operation(String name, List<StockEffect> given, List<StockEffect> when, int events) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Operation> operations() {
    StockEffect holdsAll = hold(HOLDER, PRODUCT, 3);
    StockEffect holdsSome = hold(HOLDER, PRODUCT, 2);
    StockEffect sellsAll = new StockEffect.Sell(HOLDER, lines(PRODUCT, 3));
    StockEffect sellsSome = new StockEffect.Sell(HOLDER, lines(PRODUCT, 2));
    return Stream.of(
        of("a hold to zero", List.of(), 1, holdsAll),
        of("a hold", List.of(), 0, holdsSome),
        of("a sale at zero", List.of(holdsAll), 0, sellsAll),
        of("a sale", List.of(holdsSome), 0, sellsSome),
        of("a hold that is sold at once, to zero", List.of(), 1, holdsAll, sellsAll),
        of("a hold that is sold at once", List.of(), 0, holdsSome, sellsSome),
        of("a release from zero", List.of(holdsAll), 1, release(ReservationStatus.RELEASED)),
        of("a release", List.of(holdsSome), 0, release(ReservationStatus.RELEASED)),
        of("an expiry from zero", List.of(holdsAll), 1, release(ReservationStatus.EXPIRED)),
        of("an expiry", List.of(holdsSome), 0, release(ReservationStatus.EXPIRED)),
        of(
            "a release of what is sold",
            List.of(holdsAll, sellsAll),
            0,
            release(ReservationStatus.RELEASED)),
        of(
            "a return from zero",
            List.of(holdsAll, sellsAll),
            1,
            new StockEffect.Reverse(HOLDER, lines(PRODUCT, 3))),
        of(
            "a return",
            List.of(holdsSome, sellsSome),
            0,
            new StockEffect.Reverse(HOLDER, lines(PRODUCT, 2))),
        of("goods in from zero", List.of(holdsAll), 1, restock(4)),
        of("goods in", List.of(), 0, restock(4)),
        of("a correction to zero", List.of(), 1, restock(-3)),
        of("a correction", List.of(), 0, restock(-2)),
        of("an extension at zero", List.of(holdsAll), 0, new StockEffect.Extend(HOLDER, TTL)));
  }

  private static Operation of(
      String name, List<StockEffect> given, int events, StockEffect... when) {
    return new Operation(name, given, List.of(when), events);
  }

  private static StockEffect.Release release(ReservationStatus as) {
    return new StockEffect.Release(HOLDER, List.of(PRODUCT), as);
  }

  private static StockEffect release(UUID holder, UUID product) {
    return new StockEffect.Release(holder, List.of(product), ReservationStatus.RELEASED);
  }

  private static StockEffect restock(long units) {
    return restock(PRODUCT, units);
  }

  private static StockEffect restock(UUID product, long units) {
    return new StockEffect.Restock(
        product, units, units < 0 ? MovementType.ADJUSTMENT : MovementType.RECEIPT);
  }

  /** What was published of a product since the last look. */
  private List<Event> published(UUID product) {
    List<Event> events = of(product);
    outbox().remove(events);
    return events;
  }

  /** A product of so many units, whose arrival was seen. */
  private UUID inStock(long units) {
    UUID product = stocked(units);
    assertThat(published(product)).as("goods in of a new product").hasSize(1);
    return product;
  }

  private long available(UUID product) {
    StockLevel level = storage().stock().levels(List.of(product)).get(product);
    return level == null ? 0 : level.available();
  }

  @Tag("T63")
  @ParameterizedTest
  @MethodSource("operations")
  @DisplayName("T63 each operation that takes a product to zero or from zero is published once")
  void eachCrossingOfZeroIsPublishedOnce(Operation operation) {
    // given
    write(restock(3));
    operation.given().forEach(this::write);
    published(PRODUCT);

    // when
    write(operation.when().toArray(StockEffect[]::new));

    // then
    assertThat(published(PRODUCT)).hasSize(operation.events());
  }

  @Test
  void theEventIsAsAHostWouldPublishIt() {
    // given
    UUID product = inStock(1);
    Fence node = node();

    // when
    CommitResult result = commitAs(node, hold(order, product, 1));

    // then: whoever commits it publishes it
    assertCommitted(result);
    Event event = held(node.node(), product).get(0);
    assertThat(event.stream()).isEqualTo(new EventStream("product", product));
    assertThat(event.isOrdered()).isFalse();
    assertThat(event.id().version()).isEqualTo(7);
    String time = event.payload().text("timestamp");
    assertThat(time).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(event.payload())
        .hasToString(
            "{\"event\":\"product.updated\",\"event_id\":\"%s\",\"version\":1,\"product_id\":\"%s\",\"changes\":[\"stock\"],\"timestamp\":\"%s\"}"
                .formatted(event.id(), product, time));
    Event ofHost =
        ProductUpdates.updated(product, List.of(ProductUpdates.STOCK))
            .at(adapter().clock().instant());
    assertThat(event.type()).isEqualTo(ofHost.type());
    assertThat(event.payload().keySet()).containsExactlyElementsOf(ofHost.payload().keySet());
  }

  @Test
  void whatIsRefusedPublishesNothing() {
    UUID product = inStock(1);

    assertRefused(commit(hold(order, product, 2)), 0, StockEffect.OUT_OF_STOCK);
    assertRefused(
        commit(hold(order, product, 1), new PaymentEffect.RequireApproved(order)),
        1,
        PaymentEffect.PAYMENT_STATE);

    assertThat(published(product)).isEmpty();
  }

  @Test
  void aBatchPublishesEachProductThatCrossesZeroOnce() {
    // given
    UUID gone = inStock(2);
    UUID back = inStock(1);
    UUID rest = inStock(9);
    write(hold(order, back, 1));
    published(back);

    // when
    List<CommitResult> results =
        commitAll(
            writeSet(hold(newId(), gone, 1)),
            writeSet(release(order, back)),
            writeSet(hold(newId(), gone, 1)),
            writeSet(hold(newId(), gone, 1)),
            writeSet(hold(newId(), rest, 4)));

    // then
    assertRefused(results.get(3), 0, StockEffect.OUT_OF_STOCK);
    assertThat(published(gone)).hasSize(1);
    assertThat(published(back)).hasSize(1);
    assertThat(published(rest)).isEmpty();
  }

  @Test
  void oneOrderPublishesEachOfItsProducts() {
    UUID first = inStock(1);
    UUID second = inStock(2);

    write(
        new StockEffect.Hold(
            order, List.of(new StockLine(first, 1), new StockLine(second, 2)), TTL));

    assertThat(published(first)).hasSize(1);
    assertThat(published(second)).hasSize(1);
  }

  /** A storage that applies a batch at once sees no crossing; another one sees two. */
  @Test
  void aBatchThatReturnsFromZeroPublishesBothCrossingsOrNone() {
    UUID product = inStock(1);

    commitAll(writeSet(hold(order, product, 1)), writeSet(restock(product, 5)));

    assertThat(available(product)).isEqualTo(5);
    assertThat(published(product).size()).isIn(0, 2);
  }

  @Test
  void ordersThatWantTheLastUnitsAtOncePublishOneEvent() throws Exception {
    // given
    UUID product = inStock(3);
    List<UUID> orders = Stream.generate(StorageContract::newId).limit(8).toList();

    // when
    List<CommitResult> results =
        Threads.together(
            orders.size(),
            i -> () -> Threads.patiently(() -> commit(hold(orders.get(i), product, 1))));

    // then
    assertThat(results).filteredOn(CommitResult.Committed.class::isInstance).hasSize(3);
    assertThat(published(product)).hasSize(1);

    // when all of them are cancelled
    Threads.together(
        orders.size(), i -> () -> Threads.patiently(() -> commit(release(orders.get(i), product))));

    // then
    assertThat(available(product)).isEqualTo(3);
    assertThat(published(product)).hasSize(1);
  }

  /** Crossings alternate, so their number says whether there is something left. */
  @Test
  void concurrentChangesPublishEveryCrossing() throws Exception {
    UUID product = inStock(2);

    Threads.together(
        4,
        thread ->
            () -> {
              for (int i = 0; i < 10; i++) {
                UUID mine = newId();
                CommitResult held = Threads.patiently(() -> commit(hold(mine, product, 1)));
                if (held instanceof CommitResult.Committed && (thread + i) % 4 != 0) {
                  Threads.patiently(() -> commit(release(mine, product)));
                }
              }
              return true;
            });

    assertThat(published(product).size() % 2).isEqualTo(available(product) == 0 ? 1 : 0);
  }

  /** What happens to stock by single works is what the rule says. */
  @Test
  void eventsFollowTheStock() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    List<UUID> products = List.of(newId(), newId());
    Map<UUID, Long> levels = new HashMap<>();
    List<UUID> holders = new ArrayList<>();

    for (int round = 0; round < 60; round++) {
      UUID product = products.get(random.nextInt(products.size()));
      commit(change(product, holders, random));

      for (UUID each : products) {
        long before = levels.getOrDefault(each, 0L);
        long after = available(each);
        levels.put(each, after);
        assertThat(published(each))
            .as("round %d, from %d to %d, seed %d", round, before, after, seed)
            .hasSize(StockRules.crossesZero(before, after) ? 1 : 0);
      }
    }
  }

  private static StockEffect change(UUID product, List<UUID> holders, Random random) {
    int kind = random.nextInt(4);
    if (kind == 0) {
      return restock(product, 1 + random.nextInt(2));
    } else if (kind == 1) {
      return restock(product, -1);
    } else if (kind == 2 && !holders.isEmpty()) {
      return release(holders.remove(0), product); // of another product, it changes nothing
    }
    UUID holder = newId();
    holders.add(holder);
    return hold(holder, product, 1 + random.nextInt(2));
  }
}
