package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.ConsumerBacklog.Due;
import com.techcorp.messaging.spi.ConsumerBacklog.Handled;
import com.techcorp.messaging.spi.ConsumerBacklog.Move;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import com.techcorp.messaging.spi.ConsumerBacklog.Retry;
import com.techcorp.order.OrderEventType;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which node gets which streams of a {@link ConsumerBacklog}, and how many at once. */
public abstract class ConsumerBacklogHoldersContract extends ConsumerBacklogScenario {
  /** For subclasses. */
  protected ConsumerBacklogHoldersContract() {}

  @Test
  void aStreamIsOfOneNodeUntilThatIsGone() {
    // given
    Fence first = node();
    Fence second = node();
    add(first, events(order, 1, 1));

    // when, then
    assertThat(due(second)).isEmpty();
    add(second, events(order, 2, 2));
    assertThat(due(second)).as("held by the node that has its first").isEmpty();
    assertThat(due(first)).hasSize(1);

    // when
    storage().nodes().retire(first);

    // then
    assertThat(due(second)).flatExtracting(Due::events).hasSize(2);
    retry(first, new Retry(queue(order), 5, SECOND, "from a node that is gone"));
    assertThat(due(second)).extracting(Due::attempts).containsExactly(0);
  }

  @Test
  void hasSeveralStreamsWaitAtOnceEachForAsLongAsItMust() {
    // given
    Fence node = node();
    Fence other = node();
    UUID later = newId();
    UUID others = newId();
    add(node, events(order, 1, 1));
    add(node, events(later, 1, 1));
    add(other, events(others, 1, 1));

    // when
    retry(
        node,
        new Retry(queue(later), 3, SECOND.multipliedBy(2), "no luck"),
        new Retry(queue(others), 4, SECOND, "not its own"),
        new Retry(queue(newId()), 5, SECOND, "nothing waits there"),
        new Retry(queue(order), 2, SECOND, "no luck"));

    // then
    assertThat(due(node)).isEmpty();
    assertThat(due(other)).extracting(Due::attempts).containsExactly(0);
    advance(SECOND);
    assertThat(due(node)).extracting(Due::queue).containsExactly(queue(order));
    advance(SECOND);
    assertThat(due(node))
        .extracting(Due::queue, Due::attempts)
        .containsExactly(tuple(queue(order), 2), tuple(queue(later), 3));
  }

  @Test
  void whatNobodyHoldsIsTakenByWhoServesTheConsumer() {
    // given
    Fence node = node();
    add(null, events(order, 1, 1));

    // when, then
    assertThat(backlog().due(node, Map.of(consumer + "-2", MANY))).isEmpty();
    assertThat(due(node())).hasSize(1);
    assertThat(due(node)).isEmpty();
  }

  @Test
  void readsSoManyStreamsOfEachConsumer() {
    // given
    Fence node = node();
    List<UUID> orders = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      orders.add(newId());
      add(node, events(orders.get(i), 1, 2));
      advance(Duration.ofMillis(10));
    }
    String other = consumer + "-2";
    backlog()
        .add(
            node,
            List.of(
                new Move(
                    new Queue(other, OrderEventType.streamOf(order)),
                    events(order, 1, 1),
                    0,
                    Duration.ZERO,
                    null)));

    // when
    List<Due> due = backlog().due(node, Map.of(consumer, 2, other, 2));

    // then the one that is due longest first
    assertThat(due)
        .filteredOn(each -> each.queue().consumer().equals(consumer))
        .extracting(each -> each.queue().key().id())
        .containsExactly(orders.get(0), orders.get(1));
    assertThat(due).filteredOn(each -> each.queue().consumer().equals(other)).hasSize(1);
  }

  /** Nothing is lost between one that adds behind and one that empties the stream. */
  @Test
  void losesNothingWhileOneAddsAndAnotherRemoves() throws Exception {
    // given
    Fence node = node();
    int events = 60;
    List<Integer> seen = new ArrayList<>();

    // when
    Threads.together(
        2,
        thread ->
            () -> {
              if (thread == 0) {
                for (int sequence = 1; sequence <= events; sequence++) {
                  add(node, List.of(event(order, sequence)));
                }
              } else {
                while (seen.size() < events) {
                  for (Due due : due(node)) {
                    due.events().forEach(event -> seen.add(event.sequence()));
                    backlog().remove(List.of(new Handled(due.queue(), due.events())));
                  }
                }
              }
              return true;
            });

    // then
    assertThat(seen).containsExactlyElementsOf(IntStream.rangeClosed(1, events).boxed().toList());
    assertThat(backlog().waitingIn(List.of(queue(order)))).isEmpty();
  }
}
