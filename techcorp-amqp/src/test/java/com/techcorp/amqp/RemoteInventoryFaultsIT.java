package com.techcorp.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.InvalidInputException;
import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.StockLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An inventory whose code fails in every way, and questions that are too large for a message. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteInventoryFaultsIT {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final ReservationResult DONE = new ReservationResult.Done();

  private final TestBroker broker = TestBroker.shared();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    broker.remove();
  }

  private RemoteInventoryReserver served(InventoryReserver inventory, RabbitOptions options) {
    opened.add(broker.serve(inventory, RequestOptions.DEFAULT, options));
    RemoteInventoryReserver client = broker.inventory(RequestOptions.DEFAULT.withTimeout(MINUTE));
    opened.add(0, client);
    broker.awaitServed(client);
    return client;
  }

  /** A host's own fault, which fails once more when it is to be told. */
  private static final class UnspeakableException extends UnavailableException {
    private static final long serialVersionUID = 1L;

    UnspeakableException() {
      super("");
    }

    @Override
    public String getMessage() {
      throw new NoClassDefFoundError("com/host/Messages");
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(
            "an Error",
            (Supplier<ReservationResult>)
                () -> {
                  throw new NoClassDefFoundError("com/host/Stock");
                }),
        Arguments.of(
            "an overflow of the stack",
            (Supplier<ReservationResult>)
                () -> {
                  throw new StackOverflowError();
                }),
        Arguments.of(
            "a fault that cannot be told",
            (Supplier<ReservationResult>)
                () -> {
                  throw new UnspeakableException();
                }),
        Arguments.of("no answer", (Supplier<@Nullable ReservationResult>) () -> null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  @Tag("S12")
  @DisplayName("S12: whatever the inventory throws is answered, and the next call is served")
  void whateverIsThrownIsAnswered(String what, Supplier<ReservationResult> fault) {
    // given as many faults as there are threads, and one more
    AtomicInteger calls = new AtomicInteger();
    int faults = RequestOptions.DEFAULT.handlers() + 1;
    RemoteInventoryReserver client =
        served(
            new Scripted(
                () -> calls.incrementAndGet() <= faults ? fault.get() : DONE, levels -> Map.of()),
            broker.options);

    // when, then
    for (int i = 0; i < faults; i++) {
      assertThatThrownBy(() -> client.release(UUID.randomUUID()))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("the inventory failed");
    }
    assertThat(client.release(UUID.randomUUID())).isEqualTo(DONE);
    assertThat(calls).hasValue(faults + 1);
  }

  @Test
  @Tag("S12")
  @DisplayName("S12: the levels of 40,000 products are asked for in several requests")
  void manyLevelsAreAskedForInParts() {
    // given
    AtomicInteger questions = new AtomicInteger();
    RemoteInventoryReserver client =
        served(
            new Scripted(
                () -> DONE,
                products -> {
                  questions.incrementAndGet();
                  return levels(products);
                }),
            broker.options);
    int before = questions.get();
    List<UUID> products = Stream.generate(UUID::randomUUID).limit(40_000).toList();

    // when
    Map<UUID, StockLevel> levels = client.levels(products);

    // then
    assertThat(levels).isEqualTo(levels(products));
    assertThat(questions.get() - before).isBetween(2, 10);
  }

  @Test
  @Tag("S12")
  @DisplayName("S12: a request or a reply that is too long is refused with what to change")
  void whatIsTooLongIsRefused() {
    // given a server that may not send as much as its client takes
    RemoteInventoryReserver client =
        served(
            new Scripted(() -> DONE, RemoteInventoryFaultsIT::levels),
            broker.options.withMaxBytes(2_000));
    List<UUID> products = Stream.generate(UUID::randomUUID).limit(40).toList();
    List<StockLine> lines =
        Stream.generate(() -> new StockLine(UUID.randomUUID(), 1)).limit(40_000).toList();

    // when, then
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> client.levels(products))
        .withMessageContaining("product_ids: the reply would be longer than 2000 bytes")
        .withMessageContaining("fewer");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> client.reserve(UUID.randomUUID(), null, lines, MINUTE))
        .withMessageContaining("lines: the request would be longer than 1048576 bytes")
        .withMessageContaining("nothing was sent");
    assertThat(client.levels(products.subList(0, 5))).hasSize(5);
  }

  private static Map<UUID, StockLevel> levels(Collection<UUID> products) {
    return products.stream()
        .collect(
            Collectors.toMap(
                product -> product,
                product -> new StockLevel(product, Long.MAX_VALUE, Long.MAX_VALUE)));
  }

  private record Scripted(
      Supplier<ReservationResult> answer, Function<Collection<UUID>, Map<UUID, StockLevel>> stock)
      implements InventoryReserver {
    @Override
    public ReservationResult reserve(
        UUID orderId, @Nullable UUID holdToken, List<StockLine> lines, Duration timeToLive) {
      return answer.get();
    }

    @Override
    public ReservationResult confirm(UUID orderId, @Nullable UUID holdToken) {
      return answer.get();
    }

    @Override
    public ReservationResult release(UUID orderId, @Nullable UUID holdToken) {
      return answer.get();
    }

    @Override
    public ReservationResult reverse(UUID orderId, @Nullable UUID holdToken) {
      return answer.get();
    }

    @Override
    public ReservationResult extend(UUID orderId, @Nullable UUID holdToken, Duration timeToLive) {
      return answer.get();
    }

    @Override
    public void restock(UUID productId, long quantity) {
      answer.get();
    }

    @Override
    public Map<UUID, StockLevel> levels(Collection<UUID> products) {
      return stock.apply(products);
    }
  }
}
