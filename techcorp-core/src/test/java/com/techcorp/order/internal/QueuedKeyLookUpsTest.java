package com.techcorp.order.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.UnavailableException;
import com.techcorp.order.CartContents;
import com.techcorp.order.spi.IdempotencyKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Everything runs on the test's thread, when the test says so. */
class QueuedKeyLookUpsTest {
  private static final UUID CALLER = UUID.randomUUID();

  private final Storage storage = new Storage();
  private final Commands commands = new Commands();
  private final QueuedKeyLookUps lookUps = new QueuedKeyLookUps(storage, commands);

  private static final class Storage implements IdempotencyKeys {
    final Map<String, Used> used = new HashMap<>();
    final List<Integer> queries = new ArrayList<>();
    @Nullable Throwable fault;

    @Override
    public Optional<Used> find(UUID caller, String key) {
      throw new AssertionError("keys are looked up together");
    }

    @Override
    public Map<Key, Used> findAll(Collection<Key> wanted) {
      queries.add(wanted.size());
      if (fault != null) {
        QueuedKeyLookUpsTest.<RuntimeException>sneak(fault);
      }
      Map<Key, Used> found = new HashMap<>();
      for (Key key : wanted) {
        Used known = used.get(key.key());
        if (known != null) {
          found.put(key, known);
        }
      }
      return found;
    }
  }

  /** Keeps what it is to run, and what it is to limit. */
  private static final class Commands extends UnusedCommandExecutor {
    final List<Runnable> tasks = new ArrayList<>();
    final List<CompletableFuture<?>> limited = new ArrayList<>();

    void runNext() {
      tasks.remove(0).run();
    }

    @Override
    public void limit(CompletableFuture<?> future) {
      limited.add(future);
    }

    @Override
    public void run(Runnable task) {
      tasks.add(task);
    }
  }

  /** As code in another language does, which knows no checked exceptions. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable fault) throws T {
    throw (T) fault;
  }

  private List<CompletableFuture<Optional<IdempotencyKeys.Used>>> crowd(int size) {
    return IntStream.range(0, size).mapToObj(i -> lookUps.find(CALLER, "key " + i)).toList();
  }

  @Test
  void whoComesMeanwhileSharesTheNextQueryAndEachHasItsOwnAnswer() {
    // given
    IdempotencyKeys.Used seventh =
        new IdempotencyKeys.Used("hash", new CartContents("", null), CALLER);
    storage.used.put("key 7", seventh);
    var first = lookUps.find(CALLER, "alone");
    var asked = crowd(20);

    // when
    commands.runNext();

    // then
    assertThat(first).isCompletedWithValue(Optional.empty());
    assertThat(asked).noneMatch(CompletableFuture::isDone);

    // when
    commands.runNext();

    // then
    assertThat(storage.queries).containsExactly(1, 20);
    for (int i = 0; i < asked.size(); i++) {
      assertThat(asked.get(i))
          .isCompletedWithValue(i == 7 ? Optional.of(seventh) : Optional.empty());
    }
    assertThat(commands.tasks).isEmpty();
  }

  @Test
  void aSecondQueryBeginsBesideTheFirstOnlyForManyAndAThirdNever() {
    // given a query under way
    lookUps.find(CALLER, "alone");

    // when
    crowd(63);

    // then
    assertThat(commands.tasks).hasSize(1);

    // when
    var more = crowd(300);

    // then
    assertThat(commands.tasks).hasSize(2);

    // when
    commands.runNext();
    commands.runNext();
    commands.runNext();

    // then
    assertThat(storage.queries).containsExactly(1, 64, 256);
    assertThat(commands.tasks).as("the rest").hasSize(1);
    commands.runNext();
    assertThat(more).allMatch(CompletableFuture::isDone);
    assertThat(commands.tasks).isEmpty();
  }

  @Test
  void whateverTheStorageThrowsIsAnAnswer() {
    // given
    var first = lookUps.find(CALLER, "alone");
    storage.fault = new java.io.IOException("not declared");

    // when
    commands.runNext();

    // then
    assertThat(first)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(UnavailableException.class)
        .withRootCauseInstanceOf(java.io.IOException.class);
    storage.fault = null;
    lookUps.find(CALLER, "later");
    assertThat(commands.tasks).hasSize(1);
  }

  @Test
  void aFaultIsThatOfItsQueryAndOfNoOther() {
    // given
    var first = lookUps.find(CALLER, "alone");
    var asked = crowd(2);
    storage.fault = new UnavailableException("not now");

    // when
    commands.runNext();
    storage.fault = null;
    commands.runNext();

    // then
    assertThat(first).isCompletedExceptionally();
    assertThat(asked).allMatch(one -> one.join().isEmpty());
  }

  @Test
  void aQueryThatHangsCostsThoseWhoWaitForItAndNobodyLater() {
    // given
    var first = lookUps.find(CALLER, "alone");
    var later = lookUps.find(CALLER, "later");

    // when its callers' time is over
    commands.limited.get(0).completeExceptionally(new UnavailableException("not done in time"));

    // then
    assertThat(first)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("not done in time");
    assertThat(commands.tasks).hasSize(2);
    commands.tasks.remove(1).run();
    assertThat(later).isCompletedWithValue(Optional.empty());
  }
}
