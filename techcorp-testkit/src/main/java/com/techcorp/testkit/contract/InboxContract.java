package com.techcorp.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.techcorp.inventory.StockEffect;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.InboxEffect;
import com.techcorp.saga.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
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
        order,
        sequence,
        "order.confirmed",
        JsonNodeFactory.instance
            .objectNode()
            .put("event", "order.confirmed")
            .put("event_id", id.toString())
            .put("order_id", order.toString())
            .put("sequence", sequence)
            .put("note", "Grüße"));
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
    Verdict again = commit(hold(newId(), product, 1), new InboxEffect.Receive(consumer, event));

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
    List<Verdict> verdicts = commitAll(work(receive), work(receive));
    assertCommitted(verdicts.get(0));
    assertRefused(verdicts.get(1), 0, InboxEffect.DUPLICATE);
  }

  @Test
  void receivesOnceOfManyThreads() throws Exception {
    List<Verdict> verdicts =
        Threads.together(6, thread -> () -> commit(new InboxEffect.Receive(consumer, event)));
    assertThat(verdicts).filteredOn(Verdict.Committed.class::isInstance).hasSize(1);
  }

  @Test
  void keepsDeadLettersOldestFirst() {
    // given
    Event first = event(1);
    Event second = event(2);

    // when
    inbox().bury(consumer, first, "no template");
    advance(Duration.ofSeconds(1));
    inbox().bury(consumer, second, "no recipient");
    inbox().bury(consumer + "-2", event(3), "another consumer's");

    // then
    assertThat(inbox().dead(consumer, 10))
        .containsExactly(
            new Inbox.DeadLetter(first, "no template"),
            new Inbox.DeadLetter(second, "no recipient"));
    assertThat(inbox().dead(consumer, 1)).hasSize(1);
    assertThat(inbox().has(consumer, first.id())).isFalse();
  }

  @Test
  void buriesOnce() {
    Event letter = event(1);
    inbox().bury(consumer, letter, "first reason");
    inbox().bury(consumer, letter, "second reason");
    assertThat(inbox().dead(consumer, 10)).hasSize(1);
  }

  @Test
  void takesADeadLetterOut() {
    // given
    Event letter = event(1);
    Event other = event(2);
    inbox().bury(consumer, letter, "why");
    inbox().bury(consumer, other, "why");

    // when
    inbox().unbury(consumer, letter.id());
    inbox().unbury(consumer, letter.id());

    // then
    assertThat(inbox().dead(consumer, 10))
        .extracting(Inbox.DeadLetter::event)
        .containsExactly(other);
    inbox().bury(consumer, letter, "again");
    assertThat(inbox().dead(consumer, 10)).hasSize(2);
  }
}
