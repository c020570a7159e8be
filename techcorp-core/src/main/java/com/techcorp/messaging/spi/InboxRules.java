package com.techcorp.messaging.spi;

import com.techcorp.error.Failure;
import com.techcorp.messaging.InboxEffect;
import com.techcorp.messaging.InboxEffect.Advance;
import com.techcorp.messaging.InboxEffect.Receive;
import com.techcorp.storage.Decision;
import java.util.Map;

/**
 * Decides whether a consumer takes an event, or that it is refused. Pure functions: a storage loads
 * the state, asks, and stores what follows.
 */
public final class InboxRules {
  private InboxRules() {}

  /**
   * Decides about an event that a consumer takes once.
   *
   * @param receive what is asked
   * @param had whether the consumer had the event
   * @return true: it had it from now on; or the refusal {@link InboxEffect#DUPLICATE}
   */
  public static Decision<Boolean> decide(Receive receive, boolean had) {
    return had ? duplicate(receive.consumer()) : Decision.accept(true);
  }

  /**
   * Decides about an event that a consumer takes in sequence.
   *
   * @param advance what is asked
   * @param head the sequence of the stream's last event that the consumer took; 0: none
   * @return the head afterwards, or the refusal {@link InboxEffect#DUPLICATE} or {@link
   *     InboxEffect#EARLY}
   */
  public static Decision<Integer> decide(Advance advance, int head) {
    if (advance.sequence() <= head) {
      return duplicate(advance.consumer());
    }
    return advance.sequence() == head + 1
        ? Decision.accept(advance.sequence())
        : new Decision.Refused<>(
            new Failure(
                InboxEffect.EARLY,
                "consumer "
                    + advance.consumer()
                    + " has not had event "
                    + (head + 1)
                    + " of this stream",
                Map.of(InboxEffect.HEAD, Integer.toString(head))));
  }

  private static <S> Decision<S> duplicate(String consumer) {
    return Decision.refuse(InboxEffect.DUPLICATE, "consumer " + consumer + " has had this event");
  }
}
