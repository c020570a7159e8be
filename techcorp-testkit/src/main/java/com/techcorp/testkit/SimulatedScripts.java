package com.techcorp.testkit;

import com.techcorp.payment.CardToken;
import com.techcorp.payment.PaymentGateway.ChargeRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which call to charge gets which behaviour of a {@link SimulatedGateway}: that of its number, else
 * of its reference, its order, its card, all calls, and at last the decline rate. Several
 * behaviours are used up by one call each; the last one stays. Thread-safe.
 */
public final class SimulatedScripts {
  private enum By {
    CALL,
    REFERENCE,
    ORDER,
    CARD,
    EVERY
  }

  private record Key(By by, Object value) {}

  private final Map<Key, Deque<SimulatedCharge>> scripts = new HashMap<>();
  private int calls;

  SimulatedScripts() {}

  /**
   * What the n-th call to charge gets.
   *
   * @param number counts calls of this gateway from 1
   * @param behaviour what it gets
   * @return these scripts
   */
  public SimulatedScripts call(int number, SimulatedCharge behaviour) {
    return put(By.CALL, number, behaviour);
  }

  /**
   * What calls under a reference get.
   *
   * @param reference our reference of the charge
   * @param first what the first of them gets
   * @param more what the next ones get
   * @return these scripts
   */
  public SimulatedScripts reference(
      String reference, SimulatedCharge first, SimulatedCharge... more) {
    return put(By.REFERENCE, reference, first, more);
  }

  /**
   * What calls for an order get.
   *
   * @param orderId the order
   * @param first what the first of them gets
   * @param more what the next ones get
   * @return these scripts
   */
  public SimulatedScripts order(UUID orderId, SimulatedCharge first, SimulatedCharge... more) {
    return put(By.ORDER, orderId, first, more);
  }

  /**
   * What calls with a card get.
   *
   * @param card the token; kept in memory, never printed
   * @param first what the first of them gets
   * @param more what the next ones get
   * @return these scripts
   */
  public SimulatedScripts card(CardToken card, SimulatedCharge first, SimulatedCharge... more) {
    return put(By.CARD, card, first, more);
  }

  /**
   * What all calls get for which nothing else is said.
   *
   * @param first what the first of them gets
   * @param more what the next ones get
   * @return these scripts
   */
  public SimulatedScripts every(SimulatedCharge first, SimulatedCharge... more) {
    return put(By.EVERY, By.EVERY, first, more);
  }

  /** Forgets what was said; the gateway's books stay. */
  public synchronized void clear() {
    scripts.clear();
  }

  private synchronized SimulatedScripts put(
      By by, Object value, SimulatedCharge first, SimulatedCharge... more) {
    Deque<SimulatedCharge> script = new ArrayDeque<>();
    script.add(first);
    script.addAll(List.of(more));
    scripts.put(new Key(by, value), script);
    return this;
  }

  synchronized @Nullable SimulatedCharge next(ChargeRequest request) {
    calls++;
    for (By by : By.values()) {
      Object value = value(by, request);
      Deque<SimulatedCharge> script = value == null ? null : scripts.get(new Key(by, value));
      if (script != null) {
        return script.size() > 1 ? script.pop() : script.peek();
      }
    }
    return null;
  }

  private @Nullable Object value(By by, ChargeRequest request) {
    return switch (by) {
      case CALL -> calls;
      case REFERENCE -> request.reference();
      case ORDER -> request.orderId();
      case CARD -> request.cardToken();
      case EVERY -> By.EVERY;
    };
  }
}
