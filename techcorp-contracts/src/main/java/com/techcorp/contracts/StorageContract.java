package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.Storage;
import com.techcorp.error.Failure;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.Fence;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;

/** What the contracts of a storage's ports have in common: the storage, its clock, short words. */
public abstract class StorageContract extends Contract<SteppedStorage> {
  static final Duration LEASE = Duration.ofHours(1);
  static final Duration TTL = Duration.ofMinutes(15);

  /** For subclasses. */
  protected StorageContract() {}

  final Storage storage() {
    return adapter().storage();
  }

  final void advance(Duration step) {
    adapter().clock().advance(step);
  }

  /** A fresh id that sorts alike by bytes and as a Java UUID. */
  static UUID newId() {
    return UuidCreator.getTimeOrderedEpochPlus1();
  }

  static WriteSet writeSet(Effect... effects) {
    return WriteSet.of(newId(), effects);
  }

  final List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch) {
    return storage().unitOfWork().commit(fence, batch);
  }

  final List<CommitResult> commitAll(WriteSet... batch) {
    return commit(null, Arrays.asList(batch));
  }

  final CommitResult commit(Effect... effects) {
    return commitAll(writeSet(effects)).get(0);
  }

  final CommitResult commitAs(Fence fence, Effect... effects) {
    return commit(fence, List.of(writeSet(effects))).get(0);
  }

  /** Commits what must be accepted. */
  final void write(Effect... effects) {
    assertCommitted(commit(effects));
  }

  static void assertCommitted(CommitResult result) {
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
  }

  static Failure assertRefused(CommitResult result, int effect, String code) {
    CommitResult.Refused refused =
        assertThat(result)
            .asInstanceOf(InstanceOfAssertFactories.type(CommitResult.Refused.class))
            .satisfies(
                found -> {
                  assertThat(found.failure().code()).isEqualTo(code);
                  assertThat(found.effect()).as("index of the refused effect").isEqualTo(effect);
                })
            .actual();
    return refused.failure();
  }

  /** A product of so many units. */
  final UUID stocked(long units) {
    UUID product = newId();
    write(new StockEffect.Restock(product, units, MovementType.RECEIPT));
    return product;
  }

  static StockEffect.Hold hold(UUID orderId, UUID product, long units) {
    return new StockEffect.Hold(orderId, lines(product, units), TTL);
  }

  static List<StockLine> lines(UUID product, long units) {
    return List.of(new StockLine(product, units));
  }

  final void assertStock(UUID product, long available, long reserved) {
    assertThat(storage().stock().levels(List.of(product)))
        .containsEntry(product, new StockLevel(product, available, reserved));
  }
}
