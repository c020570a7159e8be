package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.WiringException;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.spi.SagaJournal.Claimable;
import com.techcorp.saga.spi.SagaJournal.Needed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
  private final SagaDefinition<String> first = definition("trip", 1, "book");
  private final SagaDefinition<String> second = definition("trip", 2, "book", "pay");
  private final SagaDefinition<String> other = definition("refund", 1, "refund");
  private final Definitions definitions = new Definitions(List.of(first, second, other));

  private static SagaDefinition<String> definition(String name, int version, String... steps) {
    SagaDefinition.Builder<String> builder =
        SagaDefinition.named(name, String.class).version(version);
    for (String step : steps) {
      builder.step(LocalStep.named(step, data -> List.of()));
    }
    return builder.build();
  }

  @Test
  void areFoundByNameAndVersion() {
    assertThat(definitions.find("trip", 1)).containsSame(first);
    assertThat(definitions.find("trip", 2)).containsSame(second);
    assertThat(definitions.find("refund", 1)).containsSame(other);
    assertThat(definitions.find("trip", 3)).isEmpty();
    Duration lease = Duration.ofSeconds(5);
    assertThat(definitions.runnable(lease))
        .containsExactlyInAnyOrder(
            new Claimable("trip", 1, lease),
            new Claimable("trip", 2, lease),
            new Claimable("refund", 1, lease));
  }

  @Test
  void theirSagasMayTakeAsLongAsTheLongestStepAndTheLease() {
    Duration lease = Duration.ofSeconds(5);
    SagaDefinition<String> calling =
        SagaDefinition.named("calling", String.class)
            .step(LocalStep.named("book", data -> List.of()))
            .step(
                RemoteStep.<String>named("ask", (data, call) -> StepResult.done(data))
                    .callTimeout(Duration.ofSeconds(7)))
            .step(
                RemoteStep.<String>named("pay", (data, call) -> StepResult.done(data))
                    .callTimeout(Duration.ofSeconds(20)))
            .build();

    assertThat(new Definitions(List.of(calling)).runnable(lease))
        .containsExactly(new Claimable("calling", 1, Duration.ofSeconds(25)));
  }

  @Test
  void namesWhatRemoteStepsCallAndEachOneThatDoesNotSay() {
    SagaDefinition<String> trip =
        SagaDefinition.named("trip", String.class)
            .step(LocalStep.named("book", data -> List.of()))
            .step(RemoteStep.named("fly", (data, call) -> StepResult.done(data)))
            .step(RemoteStep.<String>named("pay", (d, call) -> StepResult.done(d)).calling("bank"))
            .build();
    SagaDefinition<String> refund =
        SagaDefinition.named("refund", String.class)
            .step(RemoteStep.<String>named("back", (d, call) -> StepResult.done(d)).calling("bank"))
            .build();

    assertThat(new Definitions(List.of(trip, refund)).services())
        .containsExactly("bank", "trip.fly");
  }

  @Test
  void areTheSameOnlyIfTheyAreTheSameObject() {
    assertThat(definitions.has(first)).isTrue();
    assertThat(definitions.has(definition("trip", 1, "book"))).isFalse();
    assertThat(definitions.has(definition("trip", 3, "book"))).isFalse();
  }

  @Test
  void refusesTwoOfOneNameAndVersion() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> new Definitions(List.of(first, definition("trip", 1, "fly"))))
        .withMessageContaining("two definitions of saga trip version 1");
  }

  @Test
  void whatLiveSagasNeedAndThisBuildHasIsNotMissing() {
    assertThat(
            definitions.missing(
                Map.of(new Needed("trip", 2, "book"), 5L, new Needed("trip", 2, "pay"), 1L)))
        .isEmpty();
  }

  @Test
  void saysWhichVersionThisBuildLacks() {
    assertThat(definitions.missing(Map.of(new Needed("trip", 3, "book"), 5L)))
        .singleElement()
        .asString()
        .contains("5 live saga(s) of trip version 3 at step book", "has no such version");
  }

  @Test
  void saysWhichStepThisBuildLacks() {
    assertThat(definitions.missing(Map.of(new Needed("trip", 2, "fly"), 5L)))
        .singleElement()
        .asString()
        .contains("trip version 2 at step fly", "has no such step", "needs a new version");
  }
}
