package com.techcorp.messaging.spi;

import com.techcorp.error.Reasons;
import com.techcorp.messaging.ConsumerPausedException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventOutcome;
import com.techcorp.messaging.EventPostponedException;
import com.techcorp.messaging.EventRefusedException;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.Subscription.Batching;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the events that a consumer's handler was called with; a bus gets it from {@link
 * #call}.
 *
 * @param outcomes one for each event, in the order of the events
 * @param thrown what the handler threw, or null
 */
public record Handling(List<EventOutcome> outcomes, @Nullable Throwable thrown) {
  private static final Handling ONE_HANDLED = new Handling(List.of(EventOutcome.handled()), null);

  /** Makes an unmodifiable copy of the outcomes. */
  public Handling {
    outcomes = List.copyOf(outcomes);
  }

  /**
   * Calls a consumer's handler on the current thread. Never throws. Of events of which a coalescing
   * consumer needs only one it gets the last one; the others are handled by that, whatever becomes
   * of the last one, which stays in the bus's care.
   *
   * @param subscription whose handler
   * @param events the batch; one event if the subscription is to single events
   * @return the outcome of each event
   */
  public static Handling call(Subscription subscription, List<Event> events) {
    Batching batching = subscription.batching();
    try {
      if (batching == null) {
        subscription.handler().handle(events.get(0));
        return ONE_HANDLED;
      }
      return batching.options().coalescing()
          ? coalesced(batching, events)
          : new Handling(outcomes(batching, events), null);
    } catch (Throwable e) {
      EventOutcome outcome = ofThrown(e, batching == null);
      return new Handling(Collections.nCopies(events.size(), outcome), e);
    }
  }

  private static List<EventOutcome> outcomes(Batching batching, List<Event> events)
      throws Exception {
    List<EventOutcome> outcomes = batching.handler().handle(events);
    if (outcomes == null || outcomes.size() != events.size()) {
      throw new IllegalStateException(
          "a batch handler must return one outcome for each of "
              + events.size()
              + " events, but returned "
              + (outcomes == null ? "null" : outcomes.size()));
    }
    return outcomes;
  }

  private record StateOf(EventStream stream, String type) {}

  private static Handling coalesced(Batching batching, List<Event> events) throws Exception {
    Map<Object, Integer> last = new LinkedHashMap<>();
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      Object key = event.isOrdered() ? event.id() : new StateOf(event.stream(), event.type());
      last.remove(key); // the last one takes its own place in the batch
      last.put(key, i);
    }
    List<Integer> places = List.copyOf(last.values());
    List<EventOutcome> of =
        new ArrayList<>(Collections.nCopies(events.size(), EventOutcome.handled()));
    @Nullable Throwable thrown = null;
    List<EventOutcome> outcomes;
    try {
      outcomes = outcomes(batching, places.stream().map(events::get).toList());
    } catch (Throwable e) {
      thrown = e;
      outcomes = Collections.nCopies(places.size(), ofThrown(e, false));
    }
    for (int i = 0; i < places.size(); i++) {
      of.set(places.get(i), outcomes.get(i));
    }
    return new Handling(of, thrown);
  }

  private static EventOutcome ofThrown(Throwable thrown, boolean single) {
    if (thrown instanceof ConsumerPausedException paused) {
      return paused.outcome();
    } else if (single && thrown instanceof EventRefusedException refused) {
      return refused.outcome();
    } else if (single && thrown instanceof EventPostponedException postponed) {
      return postponed.outcome();
    }
    return new EventOutcome.Failed(Reasons.of(thrown));
  }

  /**
   * Returns whether the handler pauses its consumer.
   *
   * @return the first outcome that says so; null if none does
   */
  public EventOutcome.@Nullable Paused paused() {
    for (EventOutcome outcome : outcomes) {
      if (outcome instanceof EventOutcome.Paused paused) {
        return paused;
      }
    }
    return null;
  }
}
