package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a storage tells of the stock that its commits changed, and in which versions. */
public abstract class StockCountsContract extends StockScenario {
  private final List<StockCount> told = new ArrayList<>();

  /** For subclasses. */
  protected StockCountsContract() {}

  private List<CommitResult> counting(WriteSet... batch) {
    UnitOfWork unitOfWork = storage().countingUnitOfWork(told::addAll);
    return unitOfWork.commit(null, Arrays.asList(batch));
  }

  private StockCount count(UUID product) {
    return Objects.requireNonNull(
        storage().stock().counts(List.of(product)).get(product), "never stocked");
  }

  /** The last of what was told of a product; the rest is forgotten. */
  private StockCount lastTold(UUID product) {
    List<StockCount> ofProduct =
        told.stream().filter(count -> count.productId().equals(product)).toList();
    assertThat(ofProduct).as("what was told of " + product).isNotEmpty();
    told.clear();
    return ofProduct.get(ofProduct.size() - 1);
  }

  @Test
  void eachChangeOfTheAvailableUnitsRaisesTheVersionAndIsTold() {
    UUID product = newId();
    List<StockEffect> changes =
        List.of(
            new StockEffect.Restock(product, 9, MovementType.RECEIPT),
            hold(order, product, 4),
            new StockEffect.Sell(order, lines(product, 4)),
            new StockEffect.Reverse(order, lines(product, 4)),
            new StockEffect.Restock(product, -2, MovementType.ADJUSTMENT));
    List<Long> available = List.of(9L, 5L, 5L, 9L, 7L);

    StockCount before = new StockCount(product, 0, 0);
    for (int i = 0; i < changes.size(); i++) {
      StockEffect change = changes.get(i);
      assertCommitted(counting(writeSet(change)).get(0));

      StockCount left = count(product);
      assertThat(left.available()).as("after " + change).isEqualTo(available.get(i));
      if (left.available() == before.available()) {
        assertThat(left).as("after " + change).isEqualTo(before);
        assertThat(told).as("after " + change).allMatch(left::equals);
      } else {
        assertThat(left.version()).as("after " + change).isGreaterThan(before.version());
        assertThat(lastTold(product)).isEqualTo(left);
      }
      before = left;
    }
  }

  @Test
  void whatIsGivenBackIsTold() {
    // given
    UUID product = stocked(5);
    UUID expiring = newId();
    write(hold(order, product, 2));
    write(hold(expiring, product, 1));

    // when
    counting(writeSet(release(order, product)));
    StockCount released = lastTold(product);
    counting(
        writeSet(new StockEffect.Release(expiring, List.of(product), ReservationStatus.EXPIRED)));
    StockCount expired = lastTold(product);

    // then
    assertThat(released.available()).isEqualTo(4);
    assertThat(expired.available()).isEqualTo(5);
    assertThat(expired.version()).isGreaterThan(released.version());
    assertThat(expired).isEqualTo(count(product));
  }

  @Test
  void whatIsRefusedOrChangesNothingTellsNoOtherVersion() {
    // given
    UUID product = stocked(1);
    StockCount before = count(product);

    // when
    assertRefused(counting(writeSet(hold(order, product, 2))).get(0), 0, StockEffect.OUT_OF_STOCK);
    counting(writeSet(release(newId(), product)));

    // then
    assertThat(told).allMatch(before::equals);
    assertThat(count(product)).isEqualTo(before);
  }

  @Test
  void aBatchTellsOfAllItsProducts() {
    UUID gone = stocked(1);
    UUID there = stocked(8);

    List<CommitResult> results =
        counting(
            writeSet(hold(order, there, 3)),
            writeSet(hold(newId(), gone, 1)),
            writeSet(hold(newId(), gone, 1)),
            writeSet(hold(newId(), there, 4)));

    assertRefused(results.get(2), 0, StockEffect.OUT_OF_STOCK);
    assertThat(told).contains(count(gone), count(there));
    assertThat(told).extracting(StockCount::productId).containsOnly(gone, there);
    assertThat(count(gone).available()).isZero();
    assertThat(count(there).available()).isEqualTo(1);
  }

  @Test
  void countsOfAllProductsComeInPages() {
    Set<UUID> products = new HashSet<>();
    for (int i = 0; i < 7; i++) {
      products.add(stocked(i + 1));
    }

    List<StockCount> all = new ArrayList<>();
    List<StockCount> page;
    UUID last = null;
    do {
      page = storage().stock().countsAfter(last, 3);
      all.addAll(page);
      last = page.isEmpty() ? null : page.get(page.size() - 1).productId();
    } while (page.size() == 3);

    assertThat(all).extracting(StockCount::productId).doesNotHaveDuplicates().containsAll(products);
    assertThat(all).containsAll(storage().stock().counts(products).values());
    assertThat(storage().stock().counts(List.of(newId()))).isEmpty();
  }

  /** Whatever happens to stock, what was told last in versions is what there is. */
  @Test
  void versionsOrderWhatWasTold() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    List<UUID> products = List.of(newId(), newId(), newId());
    Map<UUID, UUID> held = new HashMap<>();
    Map<UUID, Long> versions = new HashMap<>();

    for (int round = 0; round < 40; round++) {
      List<WriteSet> batch = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(4); i++) {
        batch.add(writeSet(change(products, held, random)));
      }
      storage().countingUnitOfWork(told::addAll).commit(null, batch);

      for (StockCount count : told) {
        Long before = versions.put(count.productId(), count.version());
        assertThat(count.version())
            .as("round " + round + ", seed " + seed)
            .isGreaterThanOrEqualTo(before == null ? 1 : before);
      }
      Map<UUID, StockCount> last = new HashMap<>();
      told.forEach(count -> last.merge(count.productId(), count, StockCount::newer));
      assertThat(storage().stock().counts(last.keySet())).as("seed " + seed).isEqualTo(last);
      told.clear();
    }
  }

  /** A hold is released or sold at most once. */
  private StockEffect change(List<UUID> products, Map<UUID, UUID> held, Random random) {
    UUID someone = held.isEmpty() ? null : held.keySet().iterator().next();
    int kind = random.nextInt(4);
    UUID product = products.get(random.nextInt(products.size()));
    if (kind == 0) {
      return new StockEffect.Restock(product, 1 + random.nextInt(5), MovementType.RECEIPT);
    } else if (kind == 1 || someone == null) {
      return newHold(product, held);
    } else if (kind == 2) {
      return release(someone, removed(someone, held));
    }
    return new StockEffect.Sell(someone, lines(removed(someone, held), 1));
  }

  private static UUID removed(UUID holder, Map<UUID, UUID> held) {
    return Objects.requireNonNull(held.remove(holder), "not held");
  }

  private StockEffect newHold(UUID product, Map<UUID, UUID> held) {
    UUID holder = newId();
    held.put(holder, product);
    return hold(holder, product, 1);
  }
}
