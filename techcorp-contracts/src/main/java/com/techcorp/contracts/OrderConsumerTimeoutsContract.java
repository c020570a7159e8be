package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A consumer does not return within its time-out. */
public abstract class OrderConsumerTimeoutsContract extends OrderConsumersScenario {
  /** For subclasses. */
  protected OrderConsumerTimeoutsContract() {}

  @Test
  void aConsumerThatIgnoresItsInterruptionIsNamedAndItsOrderGivenUp() {
    // given
    exempt.add("i5-no-dead-letters");
    subscribeErp(Duration.ofMillis(300), event -> untilMended());

    // when
    List<UUID> orders = takeOrders(HANGING + 6);
    UUID stuck = orders.get(0);

    // then it is named, with its thread and its order
    inTheEnd(() -> assertThat(stuckCalls()).extracting(Finding::subject).contains(stuck));
    assertThat(stuckCalls())
        .allSatisfy(
            finding -> {
              assertThat(finding.what()).contains("consumer erp does not return");
              assertThat(finding.thread()).startsWith("techcorp-consumer-erp");
              assertThat(finding.since()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            });
    assertThat(shop().health().status()).isEqualTo(HealthStatus.DEGRADED);

    // then its threads are replaced
    inTheEnd(() -> assertThat(handled).hasSize(12));

    // when more of that order comes, and it does not return
    shop().orders().ship(stuck);

    // then these are dead letters, in sequence
    inTheEnd(
        () ->
            assertThat(dead(stuck))
                .containsExactly("payment.confirmed", "order.confirmed", "order.shipped"));
    inTheEnd(
        () ->
            assertThat(List.copyOf(reluctant))
                .allSatisfy(
                    order ->
                        assertThat(dead(order)).contains("payment.confirmed", "order.confirmed")));
    assertThat(overlaps).as("two calls of one order at once").hasValue(0);

    // when it returns, and an operator hands them to it again
    mended.countDown();
    inTheEnd(() -> assertThat(stuckCalls()).isEmpty());
    reluctant.clear();
    handled.clear();
    inProcessBus().replay("erp", 100);

    // then
    inTheEnd(
        () ->
            assertThat(typesOf(stuck))
                .containsExactly("payment.confirmed", "order.confirmed", "order.shipped"));
    inTheEnd(() -> assertThat(storage().consumerBacklog().waiting()).isEmpty());
    assertThat(storage().inbox().dead("erp", 100)).isEmpty();
  }

  @Test
  void aCallThatEndsWellAfterItsTimeOutCounts() {
    // given a time-out that is long enough for this test to look
    subscribeErp(Duration.ofSeconds(4), event -> untilMended());

    // when
    UUID order = takeOrders(1).get(0);
    inTheEnd(() -> assertThat(stuckCalls()).isNotEmpty());
    mended.countDown();

    // then
    assertErpHasEachOrderInSequence(List.of(order));
    assertThat(storage().inbox().dead("erp", 10)).isEmpty();
  }

  private List<Finding> stuckCalls() {
    return shop().health().findings().stream()
        .filter(finding -> finding.code().equals("CONSUMER_STUCK"))
        .toList();
  }

  private List<String> dead(UUID order) {
    return storage().inbox().dead("erp", 100).stream()
        .map(Inbox.DeadLetter::event)
        .filter(event -> event.stream().id().equals(order))
        .map(Event::type)
        .toList();
  }
}
