package com.techcorp.testkit;

import com.techcorp.payment.CardToken;
import com.techcorp.payment.PaymentGateway.ChargeRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Scripts the calls to {@code charge} of a {@link SimulatedGateway}: by the call's number, else by
 * its reference, its order, its card, all calls, and last by the decline rate. Several behaviours
 * are used up by one call each; the last one stays. Thread-safe.
 */
public final class SimulatedScripts {
  /** The keys of scripts, in the order in which they are tried. */
  public enum By {
    /** The number of the call, from 1. */
    CALL,
    /** Our reference of the charge. */
    REFERENCE,
    /** The id of the order. */
    ORDER,
    /** The card's token. */
    CARD,
    /** All calls of a kind. */
    EVERY
  }

  /**
   * A script for some calls, as a value that can be sent to the provider's process.
   *
   * @param by what it goes by
   * @param value which number, reference, order or card, as text
   * @param charges what the calls get, one after the other; the last one stays
   */
  public record Script(By by, String value, List<SimulatedCharge> charges) {
    /** Makes an unmodifiable copy of the behaviours. */
    public Script {
      charges = List.copyOf(charges);
    }

    /** Says how many behaviours, and no token. */
    @Override
    public String toString() {
      return "Script[" + by + ", " + charges.size() + " charges]";
    }
  }

  /** Stores scripts outside this process. */
  public interface Keeper {
    /**
     * Takes a script, in place of what it had for the same calls.
     *
     * @param script what some calls get
     */
    void put(Script script);

    /** Forgets all scripted behaviour. */
    void clear();
  }

  private record Key(By by, String value) {}

  private final Map<Key, Deque<SimulatedCharge>> scripts = new HashMap<>();
  private final @Nullable Keeper elsewhere;
  private int calls;

  SimulatedScripts() {
    this.elsewhere = null;
  }

  private SimulatedScripts(Keeper elsewhere) {
    this.elsewhere = elsewhere;
  }

  /**
   * The same way to say it, for a provider in another process.
   *
   * @param keeper gets all that is said
   * @return scripts that keep nothing themselves
   */
  public static SimulatedScripts keptBy(Keeper keeper) {
    return new SimulatedScripts(keeper);
  }

  /**
   * Adds or replaces a script.
   *
   * @param script replaces what was said for the same calls
   * @return these scripts
   */
  public SimulatedScripts put(Script script) {
    if (elsewhere != null) {
      elsewhere.put(script);
      return this;
    }
    synchronized (this) {
      scripts.put(new Key(script.by(), script.value()), new ArrayDeque<>(script.charges()));
    }
    return this;
  }

  /**
   * Scripts the n-th call to {@code charge}.
   *
   * @param number counts calls of this gateway from 1
   * @param behaviour what it gets
   * @return these scripts
   */
  public SimulatedScripts call(int number, SimulatedCharge behaviour) {
    return put(By.CALL, Integer.toString(number), behaviour);
  }

  /**
   * Scripts the calls under a reference.
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
   * Scripts the calls for an order.
   *
   * @param orderId the order
   * @param first what the first of them gets
   * @param more what the next ones get
   * @return these scripts
   */
  public SimulatedScripts order(UUID orderId, SimulatedCharge first, SimulatedCharge... more) {
    return put(By.ORDER, orderId.toString(), first, more);
  }

  /**
   * Scripts the calls with a card.
   *
   * @param card the token; kept in memory, never printed
   * @param first what the first of them gets
   * @param more what the next ones get
   * @return these scripts
   */
  public SimulatedScripts card(CardToken card, SimulatedCharge first, SimulatedCharge... more) {
    return put(By.CARD, card.value(), first, more);
  }

  /**
   * Scripts all calls without another script.
   *
   * @param first what the first of them gets
   * @param more what the next ones get
   * @return these scripts
   */
  public SimulatedScripts every(SimulatedCharge first, SimulatedCharge... more) {
    return put(By.EVERY, "", first, more);
  }

  /** Forgets what was said; the gateway's books stay. */
  public void clear() {
    if (elsewhere != null) {
      elsewhere.clear();
      return;
    }
    synchronized (this) {
      scripts.clear();
    }
  }

  private SimulatedScripts put(
      By by, String value, SimulatedCharge first, SimulatedCharge... more) {
    List<SimulatedCharge> charges = new ArrayList<>();
    charges.add(first);
    charges.addAll(List.of(more));
    return put(new Script(by, value, charges));
  }

  synchronized @Nullable SimulatedCharge next(ChargeRequest request) {
    calls++;
    for (By by : By.values()) {
      String value = value(by, request);
      Deque<SimulatedCharge> script = value == null ? null : scripts.get(new Key(by, value));
      if (script != null) {
        return script.size() > 1 ? script.pop() : script.peek();
      }
    }
    return null;
  }

  private @Nullable String value(By by, ChargeRequest request) {
    CardToken card = request.cardToken();
    return switch (by) {
      case CALL -> Integer.toString(calls);
      case REFERENCE -> request.reference();
      case ORDER -> request.orderId().toString();
      case CARD -> card == null ? null : card.value();
      case EVERY -> "";
    };
  }
}
