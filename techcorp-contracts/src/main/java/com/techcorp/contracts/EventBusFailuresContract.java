package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.EventTransport;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link EventTransport} does with an event on which a consumer fails. */
public abstract class EventBusFailuresContract extends EventBusScenario {
  /** For subclasses. */
  protected EventBusFailuresContract() {}

  @Test
  void comesAgainWhenAConsumerFailed() {
    // given
    subscribeFailing("flaky", UUID.randomUUID(), attempts() - 1);
    Event event = event(UUID.randomUUID(), 1, CONFIRMED);
    subscribeFailing("shaky", event.stream().id(), attempts() - 1);

    // when
    offer(event);

    // then
    awaitHandled("shaky", attempts());
    awaitHandled("flaky", 1);
    assertThat(of("shaky")).containsOnly(event);
    assertThat(reasonsOfDead("shaky")).isEmpty();
  }

  @Test
  @Tag("B01")
  @DisplayName("B01: an Error of a consumer fails a delivery, and ends neither thread nor stream")
  void comesAgainWhenAConsumerThrewAnError() {
    // given
    Event event = event(UUID.randomUUID(), 1, CONFIRMED);
    Event next = event(event.stream().id(), 2, CONFIRMED);
    bus()
        .subscribe(
            new Subscription(
                "undeployed",
                Set.of(CONFIRMED),
                taken -> {
                  of("undeployed").add(taken);
                  if (of("undeployed").size() == 1) {
                    throw new NoClassDefFoundError("com/host/Ledger");
                  }
                }));

    // when
    offer(event);
    offer(next);

    // then
    awaitHandled("undeployed", 3);
    assertThat(of("undeployed")).contains(event, next);
    assertThat(of("undeployed")).filteredOn(event::equals).hasSize(2);
    assertThat(reasonsOfDead("undeployed")).isEmpty();
  }

  @Test
  @Tag("T18")
  void keepsWhatIsPoisonAsADeadLetterAndGoesOn() {
    // given
    Event poison = event(UUID.randomUUID(), 1, CONFIRMED);
    Event sound = event(UUID.randomUUID(), 1, CONFIRMED);
    subscribeFailing("poisoned", poison.stream().id(), Integer.MAX_VALUE);

    // when
    CompletableFuture<Void> offered = CompletableFuture.runAsync(() -> offer(poison));
    offer(sound);

    // then
    await().atMost(LIMIT).until(() -> of("poisoned").contains(sound));
    await().atMost(LIMIT).until(() -> reasonsOfDead("poisoned").size() == 1);
    offered.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    assertThat(reasonsOfDead("poisoned"))
        .containsExactly("java.lang.IllegalStateException: no luck");
    assertThat(of("poisoned")).filteredOn(poison::equals).hasSize(attempts());
  }
}
