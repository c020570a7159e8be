package com.techcorp.order.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.KnownShortages;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.order.SoldOutOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who is turned away from memory, and who of those waits for the others' sake. */
class SoldOutDoorTest {
  private static final UUID SCARCE = UUID.randomUUID();
  private static final UUID PLENTY = UUID.randomUUID();
  private static final Duration PACE = Duration.ofMillis(40);

  private final Shortages known = new Shortages();
  private final Commands commands = new Commands();
  private final SoldOutDoor recording =
      new SoldOutDoor(known, SoldOutOptions.DEFAULT.withPace(PACE));
  private final SoldOutDoor throwing =
      new SoldOutDoor(known, SoldOutOptions.DEFAULT.withRecorded(false).withPace(PACE));

  /** Two units of one product are left. */
  private static final class Shortages implements KnownShortages {
    boolean ask;

    @Override
    public OptionalLong atMost(UUID productId) {
      return productId.equals(SCARCE) ? OptionalLong.of(2) : OptionalLong.empty();
    }

    @Override
    public boolean mayAsk(UUID productId) {
      return ask;
    }

    @Override
    public void refused(UUID productId, long available) {}

    @Override
    public void forget(UUID productId) {}
  }

  /** Notes who waits and for how long. */
  private static final class Commands extends UnusedCommandExecutor {
    final List<Duration> pauses = new ArrayList<>();
    final List<Runnable> later = new ArrayList<>();
    int inFlight;

    @Override
    public int inFlight() {
      return inFlight;
    }

    @Override
    public void pause(Duration wait) {
      pauses.add(wait);
    }

    @Override
    public void later(Duration wait, Runnable action) {
      pauses.add(wait);
      later.add(action);
    }
  }

  private static List<StockLine> lines(UUID product, long quantity) {
    return List.of(new StockLine(product, quantity));
  }

  @Test
  void refusesMoreThanThereWasAndNothingElse() {
    assertThat(throwing.refusal(lines(SCARCE, 3)))
        .hasValueSatisfying(
            failure -> assertThat(failure.code()).isEqualTo(StockEffect.OUT_OF_STOCK));
    assertThat(throwing.refusal(lines(SCARCE, 2))).isEmpty();
    assertThat(throwing.refusal(lines(PLENTY, 1_000))).isEmpty();
  }

  @Test
  void oneOfManyAsksTheStorage() {
    known.ask = true;

    assertThat(throwing.refusal(lines(SCARCE, 3))).isEmpty();
  }

  @Test
  void whatIsRecordedBeginsAndWhatIsThrownDoesNot() {
    assertThat(recording.visit(commands).known(lines(SCARCE, 3))).isNull();
    assertThat(throwing.visit(commands).known(lines(SCARCE, 3))).isNotNull();
    assertThat(throwing.visit(commands).known(lines(SCARCE, 1))).isNull();
  }

  @Test
  void whoIsTurnedAwayWaitsWhileOthersAreServed() {
    SoldOutDoor.Visit visit = throwing.visit(commands);
    visit.known(lines(SCARCE, 3));
    commands.inFlight = 1;

    visit.pace();

    assertThat(commands.pauses).containsExactly(PACE);
  }

  @Test
  void whoIsNotTurnedAwayNeverWaits() {
    SoldOutDoor.Visit visit = throwing.visit(commands);
    visit.known(lines(PLENTY, 3));
    commands.inFlight = 10;

    visit.pace();

    assertThat(commands.pauses).isEmpty();
  }

  @Test
  void aCrowdAloneDoesNotWaitForItself() {
    // given: three more of the crowd are inside, of whom one is not known yet
    throwing.visit(commands).known(lines(SCARCE, 3));
    throwing.visit(commands).known(lines(SCARCE, 3));
    throwing.visit(commands);
    SoldOutDoor.Visit visit = throwing.visit(commands);
    visit.known(lines(SCARCE, 3));

    // when: its own place is given back
    commands.inFlight = 3;
    visit.pace();

    // then
    assertThat(commands.pauses).isEmpty();

    // and when: somebody buys something else
    SoldOutDoor.Visit buyer = throwing.visit(commands);
    buyer.known(lines(PLENTY, 1));
    commands.inFlight = 4;
    SoldOutDoor.Visit again = throwing.visit(commands);
    again.known(lines(SCARCE, 3));
    again.pace();

    // then
    assertThat(commands.pauses).containsExactly(PACE);
  }

  @Test
  void whoHasTheirAnswerIsNoneOfTheCrowdAnyMore() {
    // given: two came and went, in each way
    SoldOutDoor.Visit failed = throwing.visit(commands);
    failed.over();
    failed.over();
    SoldOutDoor.Visit answered = throwing.visit(commands);
    answered.known(lines(SCARCE, 3));
    answered.paced(CompletableFuture.completedFuture("no"));
    commands.inFlight = 1;

    // when
    SoldOutDoor.Visit visit = throwing.visit(commands);
    visit.known(lines(SCARCE, 3));
    visit.pace();

    // then
    assertThat(commands.pauses).containsExactly(PACE);
  }

  @Test
  void withoutAThreadTheAnswerWaitsInstead() {
    // given
    SoldOutDoor.Visit visit = throwing.visit(commands);
    visit.known(lines(SCARCE, 3));
    commands.inFlight = 1;
    CompletableFuture<String> answer = CompletableFuture.failedFuture(new IllegalStateException());

    // when
    CompletableFuture<String> paced = visit.paced(answer);

    // then
    assertThat(paced).isNotDone();
    assertThat(commands.pauses).containsExactly(PACE);
    commands.later.forEach(Runnable::run);
    assertThat(paced).isCompletedExceptionally();
  }

  @Test
  void aPaceOfZeroIsNone() {
    SoldOutDoor door = new SoldOutDoor(known, SoldOutOptions.DEFAULT.withPace(Duration.ZERO));
    SoldOutDoor.Visit visit = door.visit(commands);
    visit.known(lines(SCARCE, 3));
    commands.inFlight = 1;

    visit.pace();

    assertThat(commands.pauses).isEmpty();
  }
}
