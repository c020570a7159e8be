package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.ConsumerBacklog.Due;
import com.techcorp.messaging.spi.ConsumerBacklog.Move;
import com.techcorp.storage.Fence;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How events move from a {@link ConsumerBacklog} to the dead letters and back. */
public abstract class ConsumerBacklogDeadLettersContract extends ConsumerBacklogScenario {
  /** For subclasses. */
  protected ConsumerBacklogDeadLettersContract() {}

  @Test
  void movesOneEventToTheDeadLetters() {
    // given
    Fence node = node();
    List<Event> events = events(order, 1, 2);
    backlog().add(node, List.of(new Move(queue(order), events, 9, SECOND, "no luck")));

    // when
    int moved = backlog().moveToDeadLetters(queue(order), events.get(0), "given up");

    // then
    assertThat(moved).isEqualTo(1);
    assertThat(storage().inbox().dead(consumer, MANY))
        .containsExactly(new Inbox.DeadLetter(events.get(0), "given up"));
    assertThat(due(node)).containsExactly(new Due(queue(order), 0, events.subList(1, 2)));
    assertThat(backlog().moveToDeadLetters(queue(order), events.get(0), "again")).isZero();
  }

  @Test
  void movesAWholeStreamToTheDeadLetters() {
    // given
    List<Event> events = events(order, 1, 3);
    add(node(), events);
    UUID other = newId();
    add(node(), events(other, 1, 1));

    // when
    int moved = backlog().moveToDeadLetters(queue(order), null, "it still runs");

    // then
    assertThat(moved).isEqualTo(3);
    assertThat(storage().inbox().dead(consumer, MANY))
        .extracting(Inbox.DeadLetter::event)
        .containsExactlyElementsOf(events);
    assertThat(backlog().list(consumer, MANY))
        .extracting(event -> event.stream().id())
        .containsExactly(other);
    assertThat(backlog().waitingIn(List.of(queue(order)))).isEmpty();
  }

  @Test
  void takesDeadLettersBack() {
    // given
    Fence node = node();
    List<Event> events = events(order, 1, 3);
    events.forEach(event -> storage().inbox().addDeadLetter(consumer, event, "no template"));

    // when
    int replayed = backlog().replay(consumer, 2);

    // then
    assertThat(replayed).isEqualTo(2);
    assertThat(due(node)).containsExactly(new Due(queue(order), 0, events.subList(0, 2)));
    assertThat(storage().inbox().dead(consumer, MANY))
        .extracting(Inbox.DeadLetter::event)
        .containsExactly(events.get(2));
    assertThat(backlog().replay(consumer, MANY)).isEqualTo(1);
    assertThat(backlog().replay(consumer, MANY)).isZero();
    assertThat(due(node)).containsExactly(new Due(queue(order), 0, events));
  }
}
