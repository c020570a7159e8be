package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.Outbox;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which node gets which events of an {@link Outbox}, until they are published. */
public abstract class OutboxHoldersContract extends OutboxScenario {
  /** For subclasses. */
  protected OutboxHoldersContract() {}

  @Test
  void givesAnEventToTheNodeThatWroteIt() {
    // given
    Fence writer = node();
    int other = node().node();

    // when
    assertCommitted(commitAs(writer, publish(order, 1)));
    outbox().claim(other, ALL);

    // then
    assertThat(held(writer.node(), order)).hasSize(1);
    assertThat(held(other, order)).isEmpty();
  }

  @Test
  void letsANodeTakeWhatNobodyHolds() {
    // given
    write(publish(order, 1));
    int node = node().node();
    assertThat(held(node, order)).isEmpty();

    // when
    int claimed = outbox().claim(node, ALL);

    // then
    assertThat(claimed).isPositive();
    assertThat(held(node, order)).hasSize(1);
    assertThat(outbox().claim(node, ALL)).as("again").isZero();
  }

  @Test
  void letsANodeTakeWhatANodeThatIsGoneHeld() {
    // given
    Fence writer = node();
    int other = node().node();
    assertCommitted(commitAs(writer, publish(order, 1), publish(order, 2)));

    // when
    storage().nodes().retire(writer);
    outbox().claim(other, ALL);

    // then
    assertThat(held(other, order)).extracting(Event::sequence).containsExactly(1, 2);
    assertThat(held(writer.node(), order)).isEmpty();
  }

  @Test
  void takesFromANodeWhatItHasHeldForLong() {
    // given
    Fence writer = node();
    int other = node().node();
    assertCommitted(commitAs(writer, publish(order, 1)));
    advance(Duration.ofMillis(100));

    // when
    int tooYoung = outbox().release(writer.node(), Duration.ofHours(1));
    int others = outbox().release(other, Duration.ofMillis(50));
    int released = outbox().release(writer.node(), Duration.ofMillis(50));

    // then
    assertThat(tooYoung).isZero();
    assertThat(others).isZero();
    assertThat(released).isOne();
    assertThat(held(writer.node(), order)).isEmpty();
    assertThat(outbox().claim(other, ALL)).isPositive();
    assertThat(held(other, order)).hasSize(1);
  }

  @Test
  void takesNoMoreThanItIsTold() {
    // given
    outbox().claim(node().node(), ALL);
    write(publish(order, 1), publish(order, 2), publish(order, 3));
    int node = node().node();

    // when, then
    assertThat(outbox().claim(node, 2)).isEqualTo(2);
    assertThat(held(node, order)).extracting(Event::sequence).containsExactly(1, 2);
    assertThat(outbox().claim(node, 2)).isEqualTo(1);
  }

  @Test
  void leavesOutWhatIsBehindAnEventThatAnotherNodeHolds() {
    // given
    Fence first = node();
    Fence second = node();
    assertCommitted(commitAs(first, publish(order, 1)));
    assertCommitted(commitAs(second, publish(order, 2)));

    // when, then
    assertThat(held(first.node(), order)).extracting(Event::sequence).containsExactly(1);
    assertThat(held(second.node(), order)).isEmpty();

    // when the first was published
    outbox().remove(held(first.node(), order));

    // then
    assertThat(held(second.node(), order)).extracting(Event::sequence).containsExactly(2);
  }

  @Test
  void leavesOutWhatIsBehindAnEventThatNobodyHolds() {
    // given
    Fence node = node();
    write(publish(order, 1));
    assertCommitted(commitAs(node, publish(order, 2)));

    // when, then
    assertThat(held(node.node(), order)).isEmpty();
    outbox().claim(node.node(), ALL);
    assertThat(held(node.node(), order)).extracting(Event::sequence).containsExactly(1, 2);
  }

  @Test
  void givesEachEventToOneOfManyNodes() throws Exception {
    // given
    for (int i = 0; i < 200; i++) {
      write(publish(newId(), 1));
    }
    outbox().claim(node().node(), ALL);
    List<UUID> orders = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      UUID each = newId();
      orders.add(each);
      write(publish(each, 1), publish(each, 2));
    }
    List<Integer> nodes = Stream.generate(() -> node().node()).limit(6).toList();

    // when
    Threads.together(
        6,
        thread ->
            () -> {
              while (outbox().claim(nodes.get(thread), 7) > 0) {
                // more
              }
              return true;
            });
    nodes.forEach(node -> outbox().claim(node, ALL)); // what all stepped over at once

    // then
    List<UUID> held =
        nodes.stream()
            .flatMap(node -> outbox().held(node, null, ALL).stream())
            .map(Event::id)
            .toList();
    assertThat(held).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(2 * orders.size());
    assertThat(orders)
        .allSatisfy(
            each ->
                assertThat(nodes.stream().flatMap(node -> held(node, each).stream()))
                    .as("published in sequence by whoever holds the first")
                    .isNotEmpty());
  }

  @Test
  void removesWhatWasPublished() {
    // given
    Fence node = node();
    assertCommitted(commitAs(node, publish(order, 1), publish(order, 2)));
    Event first = held(node.node(), order).get(0);

    // when
    outbox().remove(List.of(first));
    outbox().remove(List.of(first)); // what is gone already
    outbox().remove(List.of());

    // then
    assertThat(held(node.node(), order)).extracting(Event::sequence).containsExactly(2);
  }

  @Test
  @Tag("T25")
  @DisplayName("T25: an event that was committed late is found among younger ones")
  void findsAnEventThatWasCommittedLate() {
    // given an older order's event, committed when a younger order's is gone already
    UUID older = newId();
    UUID younger = newId();
    Fence node = node();
    assertCommitted(commitAs(node, publish(younger, 1)));
    outbox().remove(held(node.node(), younger));

    // when
    assertCommitted(commitAs(node, publish(older, 1)));

    // then
    assertThat(held(node.node(), older)).hasSize(1);
  }

  @Test
  void tellsHowMuchWaitsAndForHowLong() {
    // given: nothing else
    advance(LEASE.plusSeconds(1));
    while (storage().nodes().retireLapsed() > 0) {
      // those of other tests
    }
    int node = node().node();
    outbox().claim(node, ALL);
    outbox().remove(outbox().held(node, null, ALL));
    assertThat(outbox().backlog()).isEqualTo(new Outbox.Backlog(0, Duration.ZERO));

    // when
    write(publish(order, 1));
    advance(TTL);
    write(publish(order, 2));

    // then
    assertThat(outbox().backlog().events()).isEqualTo(2);
    assertThat(outbox().backlog().age()).isBetween(TTL, TTL.plusMinutes(1));
  }
}
