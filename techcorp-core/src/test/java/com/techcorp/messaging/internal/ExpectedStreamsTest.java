package com.techcorp.messaging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExpectedStreamsTest {
  private static final EventStream ORDER = new EventStream("order", new UUID(0, 1));
  private static final EventStream ANOTHER = new EventStream("order", new UUID(0, 2));

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // as nanoTime may be
  private final Map<EventStream, Integer> steppedOver = new HashMap<>();
  private final ExpectedStreams expected = new ExpectedStreams(now::get);

  @Test
  void passesStepOverWhatIsExpectedOnly() {
    // given
    expected.add(List.of(ORDER));

    // then
    assertThat(expected.stepOver(ORDER, 2)).isTrue();
    assertThat(expected.stepOver(ANOTHER, 1)).isFalse();

    // when
    expected.remove(List.of(ORDER), steppedOver::put);

    // then
    assertThat(expected.stepOver(ORDER, 2)).isFalse();
  }

  @Test
  void whatWasSteppedOverIsToldWhenItsCommitHasReturned() {
    // given
    expected.add(List.of(ORDER, ANOTHER));

    // when
    expected.remove(List.of(ANOTHER), steppedOver::put);

    // then
    assertThat(steppedOver).isEmpty();

    // when
    expected.stepOver(ORDER, 2);
    expected.remove(List.of(ORDER), steppedOver::put);

    // then
    assertThat(steppedOver).containsExactly(Map.entry(ORDER, 2));
  }

  @Test
  void aCommitThatDoesNotComeBackKeepsItsOrdersForAWhileOnly() {
    // given
    expected.add(List.of(ORDER));

    // when
    now.addAndGet(RelayWatch.PATIENCE.toNanos());

    // then
    assertThat(expected.stepOver(ORDER, 2)).isTrue();

    // when
    now.incrementAndGet();

    // then
    assertThat(expected.stepOver(ORDER, 2)).isFalse();
  }

  @Test
  void anEventWithoutOrderThatWasSteppedOverIsToldToo() {
    // given
    EventStream event = new EventStream("product", new UUID(0, 3));
    expected.add(List.of(event));

    // when
    expected.stepOver(event, Event.UNORDERED);
    expected.remove(List.of(event), steppedOver::put);

    // then
    assertThat(steppedOver).containsExactly(Map.entry(event, Event.UNORDERED));
  }
}
