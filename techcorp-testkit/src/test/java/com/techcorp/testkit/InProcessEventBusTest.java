package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.InProcessEventBus;
import com.techcorp.error.WiringException;
import com.techcorp.messaging.Subscription;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which events the bus within a process hands to whom. */
class InProcessEventBusTest {
  private final SteppedBus stepped = new SteppedBus();
  private final List<String> calls = stepped.calls();
  private final UUID order = stepped.order();
  private final InProcessEventBus bus = stepped.bus();

  @AfterEach
  void close() {
    stepped.close();
  }

  @Test
  void callsEachConsumerThatAskedForTheType() {
    // given
    stepped.subscribe("first");
    stepped.subscribe("second");
    bus.subscribe(new Subscription("third", Set.of("order.cancelled"), e -> calls.add("third")));

    // when
    int taken = stepped.publish(stepped.events(2), true);

    // then
    assertThat(taken).isEqualTo(2);
    assertThat(calls).containsExactlyInAnyOrder("first 1", "first 2", "second 1", "second 2");
  }

  @Test
  void takesAnEventThatNoOneWants() {
    assertThat(stepped.publish(stepped.events(3), true)).isEqualTo(3);
  }

  @Test
  void refusesANameThatIsTaken() {
    stepped.subscribe("notifications");

    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> stepped.subscribe("notifications"))
        .withMessageContaining("'notifications'");
  }

  @Test
  void takesNothingOnceClosed() {
    stepped.subscribe("first");

    bus.close();

    assertThat(stepped.publish(SteppedBus.event(order, 1))).isZero();
    assertThat(calls).isEmpty();
  }
}
