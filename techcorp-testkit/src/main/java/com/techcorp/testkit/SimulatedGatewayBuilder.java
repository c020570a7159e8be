package com.techcorp.testkit;

import com.techcorp.error.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Configures a {@link SimulatedGateway}. Not thread-safe; {@link #build} copies. */
public final class SimulatedGatewayBuilder {
  double declineRate;
  String declineCode = "card_declined";
  long seed;
  Duration latency = Duration.ZERO;
  boolean foldsRepeats = true;
  boolean supportsCancel = true;
  boolean looksRefundsUp = true;
  boolean limitsRefunds = true;
  boolean voidsCharges;
  boolean tellsAmounts = true;
  Duration idempotencyWindow = Duration.ofHours(24);
  Duration requestLifetime = Duration.ofMinutes(10);
  Duration callTimeout = Duration.ofSeconds(20);
  @Nullable String ledger;

  SimulatedGatewayBuilder() {}

  private SimulatedGatewayBuilder(SimulatedGatewayBuilder from) {
    declineRate = from.declineRate;
    declineCode = from.declineCode;
    seed = from.seed;
    latency = from.latency;
    foldsRepeats = from.foldsRepeats;
    supportsCancel = from.supportsCancel;
    looksRefundsUp = from.looksRefundsUp;
    limitsRefunds = from.limitsRefunds;
    voidsCharges = from.voidsCharges;
    tellsAmounts = from.tellsAmounts;
    idempotencyWindow = from.idempotencyWindow;
    requestLifetime = from.requestLifetime;
    callTimeout = from.callTimeout;
    ledger = from.ledger;
  }

  /**
   * Which share of orders is declined. Which ones depends on the seed and the order's id, not on
   * the order of calls. Default: 0.
   *
   * @param rate 0 to 1
   * @return this builder
   * @throws InvalidInputException if it is outside
   */
  public SimulatedGatewayBuilder declineRate(double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new InvalidInputException("declineRate", "must be 0 to 1, was " + rate);
    }
    declineRate = rate;
    return this;
  }

  /**
   * The code of declines by rate. Default: {@code card_declined}.
   *
   * @param code for programs
   * @return this builder
   */
  public SimulatedGatewayBuilder declineCode(String code) {
    declineCode = code;
    return this;
  }

  /**
   * Chooses the declined orders. Default: 0.
   *
   * @param number any
   * @return this builder
   */
  public SimulatedGatewayBuilder seed(long number) {
    seed = number;
    return this;
  }

  /**
   * How long each call takes, in real time. The call can be interrupted meanwhile, and has had its
   * effect; after {@link #callTimeout} it is given up by a {@code TimeoutException}. Default: none.
   *
   * @param time not negative; counted in milliseconds
   * @return this builder
   * @throws InvalidInputException if it is negative
   */
  public SimulatedGatewayBuilder latency(Duration time) {
    latency = notNegative("latency", time);
    return this;
  }

  /**
   * Whether repeats of one reference are one charge. Say false to prove that the caller does not
   * even send twice. Default: true.
   *
   * @param folds false: each request that arrives charges
   * @return this builder
   */
  public SimulatedGatewayBuilder foldsRepeats(boolean folds) {
    foldsRepeats = folds;
    return this;
  }

  /**
   * Whether a charge can be cancelled by its reference, also one that has not arrived. Default:
   * true.
   *
   * @param supports false: the answer is {@code NotPossible}
   * @return this builder
   */
  public SimulatedGatewayBuilder supportsCancel(boolean supports) {
    supportsCancel = supports;
    return this;
  }

  /**
   * Whether a refund can be looked up by its reference. Default: true.
   *
   * @param looks false: the answer is {@code Unsupported}
   * @return this builder
   */
  public SimulatedGatewayBuilder looksRefundsUp(boolean looks) {
    looksRefundsUp = looks;
    return this;
  }

  /**
   * Whether refunds that exceed their charge are refused. Say false to prove that the caller does
   * not even try to pay back twice. Default: true.
   *
   * @param limits false: each refund that arrives under a new key pays
   * @return this builder
   */
  public SimulatedGatewayBuilder limitsRefunds(boolean limits) {
    limitsRefunds = limits;
    return this;
  }

  /**
   * Whether {@code cancel} takes back what was charged, as long as none of it was refunded.
   * Default: false, the answer is {@code AlreadyCharged}.
   *
   * @param voids true: the books have nothing charged afterwards
   * @return this builder
   */
  public SimulatedGatewayBuilder voidsCharges(boolean voids) {
    voidsCharges = voids;
    return this;
  }

  /**
   * Whether answers tell the amount that was taken or given back. Default: true.
   *
   * @param tells false: as a provider that does not say
   * @return this builder
   */
  public SimulatedGatewayBuilder tellsAmounts(boolean tells) {
    tellsAmounts = tells;
    return this;
  }

  /**
   * What {@link SimulatedGateway#idempotencyWindow()} says. The simulator itself folds until {@link
   * SimulatedGateway#forgetKeys()}. Default: 24 hours.
   *
   * @param window not negative
   * @return this builder
   * @throws InvalidInputException if it is negative
   */
  public SimulatedGatewayBuilder idempotencyWindow(Duration window) {
    idempotencyWindow = notNegative("idempotencyWindow", window);
    return this;
  }

  /**
   * What {@link SimulatedGateway#requestLifetime()} says. Default: 10 minutes.
   *
   * @param lifetime not negative
   * @return this builder
   * @throws InvalidInputException if it is negative
   */
  public SimulatedGatewayBuilder requestLifetime(Duration lifetime) {
    requestLifetime = notNegative("requestLifetime", lifetime);
    return this;
  }

  /**
   * What {@link SimulatedGateway#callTimeout()} says, and keeps, except for calls that a script
   * {@linkplain SimulatedCharge#untilReleased() holds}. Default: 20 seconds.
   *
   * @param limit not negative, of real time; counted in milliseconds
   * @return this builder
   * @throws InvalidInputException if it is negative
   */
  public SimulatedGatewayBuilder callTimeout(Duration limit) {
    callTimeout = notNegative("callTimeout", limit);
    return this;
  }

  /**
   * Keeps the books in a file as well: what is there already stands, and nothing is answered before
   * the file is safe on the disk, so that the death of this process forgets no money. Tokens are
   * never written; scripts and requests on their way are not kept. Default: in memory only.
   *
   * @param file one line of JSON an entry; made if it does not exist; of one gateway at a time
   * @return this builder
   */
  public SimulatedGatewayBuilder ledger(Path file) {
    ledger = file.toAbsolutePath().toString();
    return this;
  }

  /**
   * The gateway. Its books are empty, or what the {@linkplain #ledger(Path) ledger} says.
   *
   * @return a new one with each call
   * @throws java.io.UncheckedIOException if the ledger cannot be used
   */
  public SimulatedGateway build() {
    return new SimulatedGateway(new SimulatedGatewayBuilder(this));
  }

  private static Duration notNegative(String field, Duration duration) {
    if (duration.isNegative()) {
      throw new InvalidInputException(field, "must not be negative, was " + duration);
    }
    return duration;
  }
}
