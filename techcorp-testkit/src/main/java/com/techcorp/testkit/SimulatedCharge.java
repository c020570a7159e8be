package com.techcorp.testkit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.techcorp.payment.Amount;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link SimulatedGateway} treats one call to charge: whether the request arrives, what the
 * provider decides, and whether the answer comes back. Immutable.
 */
public final class SimulatedCharge {
  /** Whether the request reaches the provider. */
  enum Arrival {
    AT_ONCE,
    NEVER,
    LATE
  }

  /** The answers that a caller can get. */
  enum Answer {
    TOLD,
    LOST,
    TIMED_OUT,
    NOT_SENT
  }

  private final Arrival arrival;
  private final Answer answer;
  private final @Nullable String declineCode;
  private final Duration latency;
  private final boolean waiting;
  private final @Nullable Amount taken;

  @JsonCreator
  private SimulatedCharge(
      @JsonProperty("arrival") Arrival arrival,
      @JsonProperty("answer") Answer answer,
      @JsonProperty("declineCode") @Nullable String declineCode,
      @JsonProperty("latency") Duration latency,
      @JsonProperty("waiting") boolean waiting,
      @JsonProperty("taken") @Nullable Amount taken) {
    this.arrival = arrival;
    this.answer = answer;
    this.declineCode = declineCode;
    this.latency = latency;
    this.waiting = waiting;
    this.taken = taken;
  }

  private static SimulatedCharge of(Arrival arrival, Answer answer, @Nullable String declineCode) {
    return new SimulatedCharge(arrival, answer, declineCode, Duration.ZERO, false, null);
  }

  /**
   * Charges and says so.
   *
   * @return the behaviour
   */
  public static SimulatedCharge approve() {
    return of(Arrival.AT_ONCE, Answer.TOLD, null);
  }

  /**
   * Returns a charge that is declined.
   *
   * @param code such as {@code insufficient_funds}
   * @return the behaviour
   */
  public static SimulatedCharge decline(String code) {
    return of(Arrival.AT_ONCE, Answer.TOLD, code);
  }

  /**
   * Charges after a while, and says so; {@link #approve} with {@link #slowedBy}.
   *
   * @param latency how long the call takes
   * @return the behaviour
   */
  public static SimulatedCharge slow(Duration latency) {
    return approve().slowedBy(latency);
  }

  /**
   * Charges, and then the call ends with an exception.
   *
   * @return the behaviour
   */
  public static SimulatedCharge timeOutAfterCharging() {
    return of(Arrival.AT_ONCE, Answer.TIMED_OUT, null);
  }

  /**
   * Charges, and then the call ends with {@code Unknown}.
   *
   * @return the behaviour
   */
  public static SimulatedCharge loseAnswer() {
    return of(Arrival.AT_ONCE, Answer.LOST, null);
  }

  /**
   * Nothing arrives at the provider, but the caller cannot know: {@code Unknown}.
   *
   * @return the behaviour
   */
  public static SimulatedCharge loseRequest() {
    return of(Arrival.NEVER, Answer.LOST, null);
  }

  /**
   * Nothing arrives at the provider, and the caller knows: {@code NotSent}.
   *
   * @return the behaviour
   */
  public static SimulatedCharge failBefore() {
    return of(Arrival.NEVER, Answer.NOT_SENT, null);
  }

  /**
   * The caller gets {@code Unknown}; the request arrives, and charges, only when the test calls
   * {@link SimulatedGateway#releaseLate()}.
   *
   * @return the behaviour
   */
  public static SimulatedCharge arriveLate() {
    return of(Arrival.LATE, Answer.LOST, null);
  }

  /**
   * The same, with an answer that takes longer. The request arrives before the wait, so that a call
   * that is interrupted has charged.
   *
   * @param longer how long the call takes, besides the gateway's own latency
   * @return a changed copy
   */
  public SimulatedCharge slowedBy(Duration longer) {
    return new SimulatedCharge(arrival, answer, declineCode, longer, waiting, taken);
  }

  /**
   * The same, with an answer that comes only when the test calls {@link
   * SimulatedGateway#releaseWaiting()}. The request arrives before the wait.
   *
   * @return a changed copy
   */
  public SimulatedCharge untilReleased() {
    return new SimulatedCharge(arrival, answer, declineCode, latency, true, taken);
  }

  /**
   * The same, but if it charges it takes another amount than it is asked for.
   *
   * @param amount what is taken, and told wherever the provider tells amounts
   * @return a changed copy
   */
  public SimulatedCharge taking(Amount amount) {
    return new SimulatedCharge(arrival, answer, declineCode, latency, waiting, amount);
  }

  Arrival arrival() {
    return arrival;
  }

  Answer answer() {
    return answer;
  }

  @Nullable String declineCode() {
    return declineCode;
  }

  Duration latency() {
    return latency;
  }

  boolean waits() {
    return waiting;
  }

  @Nullable Amount taken() {
    return taken;
  }
}
