package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.InboxEffect;
import com.techcorp.order.OrderEventType;
import com.techcorp.storage.CommitResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an {@link Inbox} and the inbox effects promise. */
public abstract class InboxContract extends StorageContract {
  private final String consumer = "contract-" + newId();
  private final UUID event = newId();

  /** For subclasses. */
  protected InboxContract() {}

  private Inbox inbox() {
    return storage().inbox();
  }

  private static Event event(int sequence) {
    UUID id = newId();
    UUID order = newId();
    return new Event(
        id,
        OrderEventType.streamOf(order),
        sequence,
        "order.confirmed",
        JsonObject.builder()
            .put("event", "order.confirmed")
            .put("event_id", id.toString())
            .put("order_id", order.toString())
            .put("sequence", sequence)
            .put("note", "Grüße")
            .build());
  }

  @Test
  void receivesAnEventWithItsEffect() {
    // given
    UUID product = stocked(1);

    // when
    write(new InboxEffect.Receive(consumer, event), hold(newId(), product, 1));

    // then
    assertThat(inbox().has(consumer, event)).isTrue();
    assertStock(product, 0, 1);
  }

  @Test
  void refusesAnEventThatWasReceivedAndItsEffect() {
    // given
    UUID product = stocked(5);
    write(new InboxEffect.Receive(consumer, event));

    // when
    CommitResult again =
        commit(hold(newId(), product, 1), new InboxEffect.Receive(consumer, event));

    // then
    assertRefused(again, 1, InboxEffect.DUPLICATE);
    assertStock(product, 5, 0);
  }

  @Test
  void keepsConsumersApart() {
    write(new InboxEffect.Receive(consumer, event));
    assertThat(inbox().has(consumer + "-2", event)).isFalse();
    assertThat(inbox().has(consumer, newId())).isFalse();
    assertCommitted(commit(new InboxEffect.Receive(consumer + "-2", event)));
  }

  @Test
  void hasNothingOfARefusedWork() {
    assertRefused(
        commit(new InboxEffect.Receive(consumer, event), hold(newId(), newId(), 1)),
        1,
        StockEffect.OUT_OF_STOCK);
    assertThat(inbox().has(consumer, event)).isFalse();
  }

  @Test
  void receivesOnceInABatch() {
    InboxEffect receive = new InboxEffect.Receive(consumer, event);
    List<CommitResult> results = commitAll(writeSet(receive), writeSet(receive));
    assertCommitted(results.get(0));
    assertRefused(results.get(1), 0, InboxEffect.DUPLICATE);
  }

  @Test
  void receivesOnceOfManyThreads() throws Exception {
    List<CommitResult> results =
        Threads.together(6, thread -> () -> commit(new InboxEffect.Receive(consumer, event)));
    assertThat(results).filteredOn(CommitResult.Committed.class::isInstance).hasSize(1);
  }

  @Test
  void takesAnOrdersEventsInSequenceWithTheirEffects() {
    // given
    UUID order = newId();
    UUID product = stocked(5);
    assertThat(inbox().head(consumer, OrderEventType.streamOf(order))).isZero();

    // when
    write(advance(order, 1), hold(newId(), product, 1));
    write(hold(newId(), product, 1), advance(order, 2));

    // then
    assertThat(inbox().head(consumer, OrderEventType.streamOf(order))).isEqualTo(2);
    assertThat(inbox().head(consumer + "-2", OrderEventType.streamOf(order))).isZero();
    assertThat(inbox().head(consumer, OrderEventType.streamOf(newId()))).isZero();
    assertStock(product, 3, 2);
  }

  @Test
  void refusesWhatIsOutOfSequenceAndItsEffect() {
    // given
    UUID order = newId();
    UUID product = stocked(5);
    write(advance(order, 1));
    write(advance(order, 2));

    // when
    CommitResult had = commit(hold(newId(), product, 1), advance(order, 1));
    CommitResult hadLast = commit(advance(order, 2), hold(newId(), product, 1));
    CommitResult early = commit(hold(newId(), product, 1), advance(order, 4));
    CommitResult first = commit(advance(newId(), 2));

    // then
    assertRefused(had, 1, InboxEffect.DUPLICATE);
    assertRefused(hadLast, 0, InboxEffect.DUPLICATE);
    assertThat(assertRefused(early, 1, InboxEffect.EARLY).details())
        .containsEntry(InboxEffect.HEAD, "2");
    assertThat(assertRefused(first, 0, InboxEffect.EARLY).details())
        .containsEntry(InboxEffect.HEAD, "0");
    assertThat(inbox().head(consumer, OrderEventType.streamOf(order))).isEqualTo(2);
    assertStock(product, 5, 0);
  }

  @Test
  void isNoFurtherAfterARefusedWork() {
    UUID order = newId();
    assertRefused(
        commit(advance(order, 1), hold(newId(), newId(), 1)), 1, StockEffect.OUT_OF_STOCK);
    assertThat(inbox().head(consumer, OrderEventType.streamOf(order))).isZero();
    assertCommitted(commit(advance(order, 1)));
  }

  @Test
  void takesWhatIsInSequenceOfABatchAndRefusesTheRest() {
    // given
    UUID order = newId();
    UUID other = newId();

    // when
    List<CommitResult> results =
        commitAll(
            writeSet(advance(order, 1)),
            writeSet(advance(order, 2)),
            writeSet(advance(order, 4)),
            writeSet(advance(other, 2)),
            writeSet(advance(order, 1)),
            writeSet(advance(order, 3), hold(newId(), newId(), 1)),
            writeSet(advance(order, 3)),
            writeSet(advance(other, 1)));

    // then
    assertCommitted(results.get(0));
    assertCommitted(results.get(1));
    assertRefused(results.get(2), 0, InboxEffect.EARLY);
    assertRefused(results.get(3), 0, InboxEffect.EARLY);
    assertRefused(results.get(4), 0, InboxEffect.DUPLICATE);
    assertRefused(results.get(5), 1, StockEffect.OUT_OF_STOCK);
    assertCommitted(results.get(6));
    assertCommitted(results.get(7));
    assertThat(inbox().head(consumer, OrderEventType.streamOf(order))).isEqualTo(3);
    assertThat(inbox().head(consumer, OrderEventType.streamOf(other))).isEqualTo(1);
  }

  @Test
  void movesManyOrdersOnInOneBatch() {
    List<UUID> orders = Stream.generate(InboxContract::newId).limit(20).toList();
    for (int sequence = 1; sequence <= 3; sequence++) {
      int next = sequence;
      assertThat(
              commit(null, orders.stream().map(order -> writeSet(advance(order, next))).toList()))
          .allSatisfy(StorageContract::assertCommitted);
    }
    assertThat(orders)
        .allMatch(order -> inbox().head(consumer, OrderEventType.streamOf(order)) == 3);
  }

  /**
   * Threads that race for the same and for neighbouring events of two orders, alone and in batches.
   */
  @Test
  void takesEachEventOnceOfManyThreads() throws Exception {
    // given
    List<UUID> orders = List.of(newId(), newId());
    int events = 15;

    // when
    List<List<Integer>> taken =
        Threads.together(6, thread -> () -> race(orders, events, thread % 2 == 0));

    // then each went to one thread
    assertThat(orders)
        .allMatch(order -> inbox().head(consumer, OrderEventType.streamOf(order)) == events);
    assertThat(taken.stream().flatMap(List::stream)).hasSize(2 * events);
  }

  private List<Integer> race(List<UUID> orders, int events, boolean forwards) {
    UUID first = orders.get(forwards ? 0 : 1);
    UUID second = orders.get(forwards ? 1 : 0);
    List<Integer> mine = new ArrayList<>();
    int sequence = 1;
    while (sequence <= events) {
      List<CommitResult> results =
          commitAll(
              writeSet(advance(first, sequence)),
              writeSet(advance(second, sequence)),
              writeSet(advance(first, events + 2)));
      for (CommitResult result : results.subList(0, 2)) {
        if (result instanceof CommitResult.Committed) {
          mine.add(sequence);
        } else {
          assertRefused(result, 0, InboxEffect.DUPLICATE);
        }
      }
      assertRefused(results.get(2), 0, InboxEffect.EARLY);
      sequence++;
    }
    return mine;
  }

  @Test
  void streamsThatShareAnIdHaveAHeadEach() {
    // given
    UUID order = newId();
    EventStream shipment = new EventStream("shipment", order);

    // when
    write(advance(order, 1), new InboxEffect.Advance(consumer, shipment, 1));
    write(advance(order, 2));

    // then
    assertThat(inbox().head(consumer, OrderEventType.streamOf(order))).isEqualTo(2);
    assertThat(inbox().head(consumer, shipment)).isEqualTo(1);
    assertRefused(commit(new InboxEffect.Advance(consumer, shipment, 3)), 0, InboxEffect.EARLY);
  }

  private InboxEffect.Advance advance(UUID order, int sequence) {
    return new InboxEffect.Advance(consumer, OrderEventType.streamOf(order), sequence);
  }

  @Test
  void keepsDeadLettersOldestFirst() {
    // given
    Event first = event(1);
    Event second = event(2);

    // when
    inbox().addDeadLetter(consumer, first, "no template");
    advance(Duration.ofSeconds(1));
    inbox().addDeadLetter(consumer, second, "no recipient");
    inbox().addDeadLetter(consumer + "-2", event(3), "another consumer's");

    // then
    assertThat(inbox().dead(consumer, 10))
        .containsExactly(
            new Inbox.DeadLetter(first, "no template"),
            new Inbox.DeadLetter(second, "no recipient"));
    assertThat(inbox().dead(consumer, 1)).hasSize(1);
    assertThat(inbox().has(consumer, first.id())).isFalse();
  }

  @Test
  void addsADeadLetterOnce() {
    Event letter = event(1);
    inbox().addDeadLetter(consumer, letter, "first reason");
    inbox().addDeadLetter(consumer, letter, "second reason");
    assertThat(inbox().dead(consumer, 10)).hasSize(1);
  }

  @Test
  void takesADeadLetterOut() {
    // given
    Event letter = event(1);
    Event other = event(2);
    inbox().addDeadLetter(consumer, letter, "why");
    inbox().addDeadLetter(consumer, other, "why");

    // when
    inbox().removeDeadLetter(consumer, letter.id());
    inbox().removeDeadLetter(consumer, letter.id());

    // then
    assertThat(inbox().dead(consumer, 10))
        .extracting(Inbox.DeadLetter::event)
        .containsExactly(other);
    inbox().addDeadLetter(consumer, letter, "again");
    assertThat(inbox().dead(consumer, 10)).hasSize(2);
  }
}
