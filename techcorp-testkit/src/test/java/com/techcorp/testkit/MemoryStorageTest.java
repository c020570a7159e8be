package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.Failure;
import com.techcorp.error.WiringException;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.json.JsonObject;
import com.techcorp.order.OrderEvent;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderHead;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.payment.Amount;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the storage in memory does beyond the contracts. */
class MemoryStorageTest {
  private static final JsonObject NONE = JsonObject.EMPTY;
  private static final Duration TTL = Duration.ofMinutes(15);

  private final SteppedClock clock = SteppedClock.create();
  private final MemoryStorage storage = MemoryStorage.create(clock);

  private record AwardPoints(UUID customer, long points) implements Effect {}

  private CommitResult commit(Effect... effects) {
    return storage
        .unitOfWork()
        .commit(null, List.of(WriteSet.of(UUID.randomUUID(), effects)))
        .get(0);
  }

  /** Points of customers, at most 100 each. */
  private Map<UUID, Long> handlePoints() {
    Map<UUID, Long> points = new HashMap<>();
    storage.handle(
        AwardPoints.class,
        (effect, transaction) -> {
          long before = points.getOrDefault(effect.customer(), 0L);
          if (before + effect.points() > 100) {
            return Optional.of(Failure.of("TOO_MANY_POINTS", "at most 100"));
          }
          transaction.onRollback(() -> points.put(effect.customer(), before));
          points.put(effect.customer(), before + effect.points());
          return Optional.empty();
        });
    return points;
  }

  @Test
  void writesTheHostsOwnEffects() {
    Map<UUID, Long> points = handlePoints();
    UUID customer = UUID.randomUUID();
    assertThat(commit(new AwardPoints(customer, 60), new AwardPoints(customer, 40)))
        .isInstanceOf(CommitResult.Committed.class);
    assertThat(points).containsEntry(customer, 100L);
  }

  @Test
  void refusesAWorkBecauseOfTheHostsEffect() {
    // given
    Map<UUID, Long> points = handlePoints();
    UUID customer = UUID.randomUUID();
    UUID product = UUID.randomUUID();

    // when
    CommitResult result =
        commit(
            new StockEffect.Restock(product, 1, MovementType.RECEIPT),
            new AwardPoints(customer, 60),
            new AwardPoints(customer, 41));

    // then
    assertThat(result)
        .isEqualTo(new CommitResult.Refused(2, Failure.of("TOO_MANY_POINTS", "at most 100")));
    assertThat(points).containsEntry(customer, 0L);
    assertThat(storage.stock().levels(List.of(product))).isEmpty();
  }

  @Test
  void takesTheWholeBatchBackWhenAHandlerThrows() {
    // given
    UUID product = UUID.randomUUID();
    storage.handle(
        AwardPoints.class,
        (effect, transaction) -> {
          throw new UnitOfWork.UnstorableDataException("no such customer", null);
        });
    WriteSet goods =
        WriteSet.of(UUID.randomUUID(), new StockEffect.Restock(product, 1, MovementType.RECEIPT));
    WriteSet points = WriteSet.of(UUID.randomUUID(), new AwardPoints(UUID.randomUUID(), 1));

    // when, then
    assertThatExceptionOfType(UnitOfWork.UnstorableDataException.class)
        .isThrownBy(() -> storage.unitOfWork().commit(null, List.of(goods, points)));
    assertThat(storage.stock().levels(List.of(product))).isEmpty();
  }

  @Test
  void letsAHandlerReadTheStorageInsideItsTransaction() {
    // given
    UUID product = UUID.randomUUID();
    storage.handle(
        AwardPoints.class,
        (effect, transaction) ->
            storage.stock().levels(List.of(product)).isEmpty()
                ? Optional.empty()
                : Optional.of(Failure.of("SEEN", "the earlier effect is seen")));

    // when
    CommitResult result =
        commit(
            new StockEffect.Restock(product, 1, MovementType.RECEIPT),
            new AwardPoints(UUID.randomUUID(), 1));

    // then: it sees the transaction's own writes, which are taken back all the same
    assertThat(result).isInstanceOf(CommitResult.Refused.class);
    assertThat(storage.stock().levels(List.of(product))).isEmpty();
  }

  @Test
  void saysWhichEffectHasNoHandlerOrTwo() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> commit(new AwardPoints(UUID.randomUUID(), 1)))
        .withMessageContaining("AwardPoints")
        .withMessageContaining("MemoryStorage.handle");
    handlePoints();
    assertThatExceptionOfType(WiringException.class).isThrownBy(this::handlePoints);
  }

  @Test
  void refusesTwoWorksOfOneId() {
    WriteSet writeSet = WriteSet.of(UUID.randomUUID());
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> storage.unitOfWork().commit(null, List.of(writeSet, writeSet)));
  }

  @Test
  void runsOnRealTime() {
    MemoryStorage real = MemoryStorage.create();
    assertThat(real.nodes().renew(real.nodes().register("n", TTL), TTL)).isTrue();
    assertThat(real.orders().reserveNumbers(1).get(0).first()).isEqualTo(1);
    assertThat(real.orders().reserveNumbers(1).get(0).first()).isEqualTo(101);
  }

  @Test
  void linksEventsAsTheDatabaseDoes() throws Exception {
    // given
    UUID order = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91");
    Instant at = Instant.parse("2024-06-15T12:00:00.000001Z");
    byte[] before = MessageDigest.getInstance("SHA-256").digest(new byte[] {1});

    // when
    String link =
        MemoryOrders.link(
            HexFormat.of().formatHex(before), order, 2, OrderEventType.PAID, "{\"a\":\"é\"}", at);

    // then
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(before);
    String linked = "0190163d-8694-739b-aea5-966c26f8ad91|2|PAID|{\"a\":\"é\"}|1718452800000001";
    assertThat(link)
        .isEqualTo(
            HexFormat.of().formatHex(digest.digest(linked.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void linksEachEventToTheOneBefore() {
    // given
    UUID order = UUID.randomUUID();
    commit(create(order));
    clock.advance(TTL);

    // when
    commit(
        new OrderEffect.Append(
            order, OrderEventType.PAID, "{}", OrderHead.CREATED.after(OrderEventType.PAID, NONE)));

    // then
    String before = "";
    for (OrderEvent event : storage.orders().events(order)) {
      String data = MemoryJson.canonical(MemoryJson.parse(event.data().toString()));
      before = MemoryOrders.link(before, order, event.seq(), event.type(), data, event.createdAt());
      assertThat(event.hash()).isEqualTo(before);
    }
    assertThat(storage.orders().events(order)).hasSize(2);
  }

  @Test
  void keepsWhatWasStoredFromItsReaders() {
    // given
    UUID order = UUID.randomUUID();
    commit(create(order));
    OrderEvent read = storage.orders().events(order).get(0);

    // when
    assertThatThrownBy(() -> read.data().clear()).isInstanceOf(UnsupportedOperationException.class);

    // then
    assertThat(storage.orders().events(order).get(0).data()).hasSize(2);
  }

  private static OrderEffect.Create create(UUID order) {
    return new OrderEffect.Create(
        order,
        "TC-2024-000001",
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        new Amount(1, "EUR"),
        List.of(),
        "{\"b\":1,\"a\":2}",
        null);
  }

  /** I1: what is on the shelf or reserved is what came in less what went out. */
  @Test
  void keepsTheBooksOfStockThroughRandomWork() {
    // given
    Random random = new Random(7);
    List<UUID> products = Stream.generate(UUID::randomUUID).limit(4).toList();
    List<UUID> orders = Stream.generate(UUID::randomUUID).limit(40).toList();

    // when
    for (int i = 0; i < 2_000; i++) {
      UUID order = orders.get(random.nextInt(orders.size()));
      StockEffect first = effect(random, order, products);
      StockEffect second = effect(random, order, products);
      commit(first, second);
    }

    // then
    assertThat(storage.tables().stock().movements()).hasSizeGreaterThan(50);
    for (StockLevel level : storage.tables().stock().allLevels()) {
      long moved =
          storage.tables().stock().movements().stream()
              .filter(movement -> movement.productId().equals(level.productId()))
              .mapToLong(MemoryStock.Movement::quantity)
              .sum();
      long pending =
          orders.stream()
              .flatMap(order -> storage.stock().reservations(order).stream())
              .filter(line -> line.productId().equals(level.productId()))
              .filter(line -> line.status() == ReservationStatus.PENDING)
              .mapToLong(line -> line.quantity())
              .sum();
      assertThat(level.available()).isNotNegative();
      assertThat(level.reserved()).isEqualTo(pending);
      assertThat(level.available() + level.reserved()).isEqualTo(moved);
    }
  }

  private static StockEffect effect(Random random, UUID order, List<UUID> products) {
    UUID product = products.get(Math.floorMod(order.hashCode(), products.size()));
    List<StockLine> lines = List.of(new StockLine(product, 1 + Math.floorMod(order.hashCode(), 3)));
    return switch (random.nextInt(8)) {
      case 0 -> new StockEffect.Restock(product, 1 + random.nextInt(3), MovementType.RECEIPT);
      case 1 -> new StockEffect.Restock(product, -1, MovementType.ADJUSTMENT);
      case 2, 3, 4 -> new StockEffect.Hold(order, lines, TTL);
      case 5 -> new StockEffect.Sell(order, lines);
      case 6 -> new StockEffect.Release(order, List.of(product), ReservationStatus.EXPIRED);
      default -> new StockEffect.Reverse(order, lines);
    };
  }
}
