package com.techcorp.order.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.UnavailableException;
import com.techcorp.order.spi.OrderStore.NumberBlock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class OrderNumbersTest {
  private static final int BLOCK = 10;

  private final AtomicInteger reserved = new AtomicInteger();

  private long now;

  private List<NumberBlock> reserve(int blocks) {
    return Stream.generate(
            () -> new NumberBlock(2026, 1 + BLOCK * (long) reserved.getAndIncrement(), BLOCK))
        .limit(blocks)
        .toList();
  }

  private OrderNumbers numbers(IntFunction<List<NumberBlock>> storage) {
    return new OrderNumbers(storage, () -> now);
  }

  @Test
  void countsOnAcrossBlocks() {
    OrderNumbers numbers = numbers(this::reserve);
    List<String> drawn = Stream.generate(numbers::next).limit(25).toList();
    assertThat(drawn).startsWith("TC-2026-000001", "TC-2026-000002").endsWith("TC-2026-000025");
    assertThat(drawn).doesNotHaveDuplicates();
  }

  @Test
  void hasSixDigitsOrMore() {
    assertThat(numbers(blocks -> List.of(new NumberBlock(2026, 999_999, 1))).next())
        .isEqualTo("TC-2026-999999");
    assertThat(numbers(blocks -> List.of(new NumberBlock(2026, 12_345_678, 1))).next())
        .isEqualTo("TC-2026-12345678");
  }

  @Test
  void nobodyWaitsForTheNextBlockWhileThisOneLasts() throws InterruptedException {
    // given a storage that hangs from the second block on
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    OrderNumbers numbers =
        numbers(
            blocks -> {
              if (reserved.get() > 0) {
                asked.countDown();
                awaited(hangs);
              }
              return reserve(1);
            });
    IntStream.range(1, BLOCK / 2).forEach(i -> numbers.next());
    CompletableFuture<String> middle = CompletableFuture.supplyAsync(numbers::next);
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

    // when, then
    assertThat(IntStream.range(BLOCK / 2, BLOCK).mapToObj(i -> numbers.next()))
        .endsWith("TC-2026-000010");
    assertThat(middle).isNotDone();
    hangs.countDown();
    assertThat(middle.join()).isEqualTo("TC-2026-000005");
    assertThat(numbers.next()).isEqualTo("TC-2026-000011");
  }

  @Test
  void whoNeedsNoNewBlockIsNotToldThatNoneCouldBeReserved() {
    // given
    AtomicBoolean down = new AtomicBoolean();
    OrderNumbers numbers =
        numbers(
            blocks -> {
              if (down.get()) {
                throw new UnavailableException("the storage is down", null);
              }
              return reserve(1);
            });
    numbers.next();
    down.set(true);

    // when, then
    assertThat(IntStream.range(1, BLOCK).mapToObj(i -> numbers.next())).endsWith("TC-2026-000010");
    assertThatThrownBy(numbers::next).isInstanceOf(UnavailableException.class);
    down.set(false);
    assertThat(numbers.next()).isEqualTo("TC-2026-000011");
  }

  @Test
  void forgetsBothBlocks() {
    OrderNumbers numbers = numbers(this::reserve);
    IntStream.range(0, BLOCK - 1).forEach(i -> numbers.next());
    numbers.discard();
    assertThat(numbers.next()).isEqualTo("TC-2026-000021");
  }

  @Test
  void aBusyProcessReservesMoreAtATime() {
    // given
    List<Integer> asked = new ArrayList<>();
    OrderNumbers numbers =
        numbers(
            blocks -> {
              asked.add(blocks);
              return reserve(blocks);
            });

    // when
    IntStream.range(0, 1_000).forEach(i -> numbers.next());

    // then
    assertThat(asked).startsWith(1, 1, 2, 4, 8, 16, 16).allMatch(blocks -> blocks <= 16);

    // when
    for (int i = 0; i < 1_000; i++) {
      now += Duration.ofSeconds(2).toNanos();
      numbers.next();
    }

    // then
    assertThat(asked).containsSequence(16, 8, 4, 2, 1, 1).endsWith(1);
  }

  @Test
  void givesEachNumberOnce() {
    OrderNumbers numbers = numbers(this::reserve);
    Set<String> drawn = ConcurrentHashMap.newKeySet();
    CompletableFuture.allOf(
            IntStream.range(0, 8)
                .mapToObj(
                    thread ->
                        CompletableFuture.runAsync(
                            () ->
                                IntStream.range(0, 5_000)
                                    .forEach(i -> assertThat(drawn.add(numbers.next())).isTrue())))
                .toArray(CompletableFuture[]::new))
        .join();
    assertThat(drawn).hasSize(40_000);
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
