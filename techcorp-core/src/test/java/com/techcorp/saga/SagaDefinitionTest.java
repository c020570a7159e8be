package com.techcorp.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.WiringException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SagaDefinitionTest {
  private static SagaDefinition.Builder<String> named(String... steps) {
    SagaDefinition.Builder<String> builder = SagaDefinition.named("trip", String.class);
    for (String step : steps) {
      builder.step(LocalStep.named(step, data -> List.of()));
    }
    return builder;
  }

  @Test
  void isWhatWasCollected() {
    SagaDefinition<String> trip = named("book", "pay").version(3).build();

    assertThat(trip.name()).isEqualTo("trip");
    assertThat(trip.version()).isEqualTo(3);
    assertThat(trip.dataType()).isEqualTo(String.class);
    assertThat(trip.steps()).extracting(Step::name).containsExactly("book", "pay");
    assertThat(trip.isIrrevocable()).isFalse();
    assertThat(trip.history()).as("in the storage's own history").isNull();
    assertThat(named("book").build().version()).isEqualTo(1);
  }

  @Test
  void canBeMadeToComeToItsEnd() {
    assertThat(named("refund").irrevocable().build().isIrrevocable()).isTrue();
  }

  @Test
  void canKeepItsHistoryElsewhere() {
    Map<UUID, SagaOutcome> outcomes = Map.of();

    SagaDefinition<String> trip = named("book").historyKeptBy(ids -> outcomes).build();

    assertThat(trip.history()).isNotNull();
    assertThat(trip.history().apply(List.of())).isSameAs(outcomes);
  }

  @Test
  void knowsThePlaceOfAStep() {
    SagaDefinition<String> trip = named("book", "pay", "issue").build();

    assertThat(trip.indexOf("book")).isZero();
    assertThat(trip.indexOf("issue")).isEqualTo(2);
    assertThat(trip.indexOf("fly")).isEqualTo(-1);
  }

  @Test
  void refusesWhatCannotRun() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> named().build())
        .withMessageContaining("trip has no step");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> named("book").version(0).build())
        .withMessageContaining("at least 1, was 0");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> named("book", "pay", "book").build())
        .withMessageContaining("two steps named book");
  }
}
