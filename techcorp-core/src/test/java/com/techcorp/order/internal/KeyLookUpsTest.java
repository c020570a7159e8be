package com.techcorp.order.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Look-ups that come at the same time share a query. */
class KeyLookUpsTest {
  private static final UUID CALLER = UUID.randomUUID();
  private static final long PATIENCE_SECONDS = 60;

  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final Storage storage = new Storage();
  private final KeyLookUps lookUps = new KeyLookUps(storage, this::waits);
  private final CountDownLatch patience = new CountDownLatch(1);

  /** Holds its first query until it is let. */
  private static final class Storage implements IdempotencyKeys {
    final Map<String, Used> used = new HashMap<>();
    final List<Collection<Key>> queries = new CopyOnWriteArrayList<>();
    final CountDownLatch first = new CountDownLatch(1);
    volatile @Nullable RuntimeException fault;

    @Override
    public Optional<Used> find(UUID caller, String key) {
      throw new AssertionError("keys are looked up together");
    }

    @Override
    public Map<Key, Used> findAll(Collection<Key> wanted) {
      queries.add(List.copyOf(wanted));
      if (queries.size() == 1) {
        try {
          first.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      } else if (fault != null) {
        throw fault;
      }
      Map<Key, Used> found = new HashMap<>();
      wanted.stream()
          .filter(key -> used.containsKey(key.key()))
          .forEach(key -> found.put(key, used.get(key.key())));
      return found;
    }
  }

  /** Until its turn, or until this test's patience is over. */
  private boolean waits(CompletableFuture<Boolean> turn) {
    CompletableFuture<Boolean> over =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                patience.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              throw new UnavailableException("too long");
            },
            callers);
    try {
      return (boolean) CompletableFuture.anyOf(turn, over).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UnavailableException late) {
        throw late;
      }
      throw e;
    }
  }

  @AfterEach
  void close() {
    storage.first.countDown();
    callers.shutdownNow();
  }

  private IdempotencyKeys.Used used(String key) {
    IdempotencyKeys.Used used =
        new IdempotencyKeys.Used("hash of " + key, new CartContents("", null), CALLER);
    storage.used.put(key, used);
    return used;
  }

  private CompletableFuture<Optional<IdempotencyKeys.Used>> ask(String key) {
    return CompletableFuture.supplyAsync(() -> lookUps.find(CALLER, key), callers);
  }

  private static <T> T answer(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The first query is under way. */
  private CompletableFuture<Optional<IdempotencyKeys.Used>> held(String key) {
    CompletableFuture<Optional<IdempotencyKeys.Used>> asked = ask(key);
    await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> !storage.queries.isEmpty());
    return asked;
  }

  /** So many callers, all of whom wait for the query that is under way. */
  private List<CompletableFuture<Optional<IdempotencyKeys.Used>>> crowd(int size) {
    List<CompletableFuture<Optional<IdempotencyKeys.Used>>> asked = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      asked.add(ask("key " + i));
    }
    await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> lookUps.waiting() == size);
    return asked;
  }

  @Test
  void whoComesMeanwhileSharesTheNextQueryAndEachHasItsOwnAnswer() throws Exception {
    // given
    IdempotencyKeys.Used seventh = used("key 7");
    var first = held("alone");
    var asked = crowd(100);

    // when
    storage.first.countDown();

    // then
    assertThat(answer(first)).isEmpty();
    for (int i = 0; i < asked.size(); i++) {
      assertThat(answer(asked.get(i)))
          .as("key " + i)
          .isEqualTo(i == 7 ? Optional.of(seventh) : Optional.empty());
    }
    assertThat(storage.queries).hasSize(2);
    assertThat(storage.queries.get(1)).hasSize(100);
  }

  @Test
  void aQueryIsBoundedAndTheRestGetsTheNext() throws Exception {
    held("alone");
    var asked = crowd(300);

    storage.first.countDown();

    for (var one : asked) {
      assertThat(answer(one)).isEmpty();
    }
    assertThat(storage.queries).extracting(Collection::size).containsExactly(1, 256, 44);
  }

  @Test
  void aQueryThatHangsCostsThoseWhoWaitForItAndNobodyLater() throws Exception {
    // given a query that hangs, and some who have waited for it long enough
    IdempotencyKeys.Used seventh = used("key 7");
    var first = held("alone");
    var asked = crowd(3);
    patience.countDown();
    for (var one : asked) {
      assertThatThrownBy(() -> answer(one)).hasCauseInstanceOf(UnavailableException.class);
    }

    // when
    var later = ask("key 7");

    // then
    assertThat(answer(later)).contains(seventh);
    assertThat(storage.queries).hasSize(2);
    storage.first.countDown();
    assertThat(answer(first)).isEmpty();
    assertThat(answer(ask("key 7"))).contains(seventh);
  }

  @Test
  void aFaultIsThatOfItsQueryAndOfNoOther() throws Exception {
    // given
    var first = held("alone");
    var asked = crowd(3);
    storage.fault = new UnavailableException("not now");

    // when
    storage.first.countDown();

    // then
    assertThat(answer(first)).isEmpty();
    for (var one : asked) {
      assertThatThrownBy(() -> answer(one)).hasCause(storage.fault);
    }
    storage.fault = null;
    IdempotencyKeys.Used again = used("key 0");
    assertThat(answer(ask("key 0"))).contains(again);
  }
}
