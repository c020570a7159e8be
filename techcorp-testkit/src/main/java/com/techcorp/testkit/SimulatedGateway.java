package com.techcorp.testkit;

import com.techcorp.error.Require;
import com.techcorp.payment.PaymentGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment provider in this process, with its own books: it approves by default, and reports
 * afterwards what it took from whom and how often. For tests and demos; thread-safe; neither logs
 * nor prints card tokens.
 */
public final class SimulatedGateway implements PaymentGateway {
  private final SimulatedProvider provider;
  private final SimulatedScripts scripts = new SimulatedScripts();
  private final LateRequests late = new LateRequests();
  private final WaitingCalls waiting = new WaitingCalls();
  private final SimulatedCalls calls = new SimulatedCalls();
  private final SimulatedConnection connection;
  private final Duration idempotencyWindow;
  private final Duration requestLifetime;
  private final Duration callTimeout;

  private SimulatedGateway(Builder options) {
    this.provider =
        new SimulatedProvider(
            new SimulatedProvider.Abilities(
                options.foldsRepeats,
                options.supportsCancel,
                options.voidsCharges,
                options.limitsRefunds,
                options.looksRefundsUp),
            options.ledger == null
                ? SimulatedLedger.none()
                : SimulatedLedger.in(Path.of(options.ledger)));
    this.connection =
        new SimulatedConnection(
            provider,
            scripts,
            calls,
            late,
            waiting,
            new SimulatedDeclines(options.declineRate, options.declineCode, options.seed),
            new SimulatedLatency(options.latency, options.callTimeout),
            new SimulatedAnswers(options.tellsAmounts));
    this.idempotencyWindow = options.idempotencyWindow;
    this.requestLifetime = options.requestLifetime;
    this.callTimeout = options.callTimeout;
  }

  /**
   * Returns a gateway to configure.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns a gateway that approves at once, recognizes repeats and can cancel.
   *
   * @return the gateway
   */
  public static SimulatedGateway approving() {
    return builder().build();
  }

  /**
   * Says which call to charge gets which behaviour, such as {@code gateway.on().order(id,
   * decline("insufficient_funds"))}.
   *
   * @return the scripts, to add to
   */
  public SimulatedScripts on() {
    return scripts;
  }

  /**
   * Fails the next calls of a kind, without effect: CHARGE is {@code NotSent}, REFUND {@code
   * Failed}, the others throw.
   *
   * @param call which kind
   * @param times how many calls
   * @return this gateway
   */
  public SimulatedGateway failNext(SimulatedCall call, int times) {
    calls.failNext(call, times);
    return this;
  }

  /**
   * Does the next refunds and answers them with {@code Unknown}.
   *
   * @param times how many calls
   * @return this gateway
   */
  public SimulatedGateway loseRefundAnswers(int times) {
    calls.loseRefundAnswers(times);
    return this;
  }

  /**
   * Loses the next refunds on their way: they do not arrive, and are answered with {@code Unknown}.
   *
   * @param times how many calls
   * @return this gateway
   */
  public SimulatedGateway loseRefunds(int times) {
    calls.loseRefunds(times);
    return this;
  }

  /**
   * Ends the idempotency window of all that came so far: what comes again under a known reference
   * charges, or pays back, once more. What can be looked up stays.
   *
   * @return this gateway
   */
  public SimulatedGateway forgetKeys() {
    provider.forgetKeys();
    return this;
  }

  /**
   * Lets requests arrive that were {@linkplain SimulatedCharge#arriveLate() held up}.
   *
   * @return how many
   */
  public int releaseLate() {
    return late.release(provider::arrive);
  }

  /**
   * Returns how many requests are held up.
   *
   * @return requests for {@link #releaseLate()}
   */
  public int late() {
    return late.count();
  }

  /**
   * Answers calls that {@linkplain SimulatedCharge#untilReleased() wait}.
   *
   * @return how many
   */
  public int releaseWaiting() {
    return waiting.release();
  }

  /**
   * Returns how many calls wait.
   *
   * @return calls for {@link #releaseWaiting()}
   */
  public int waiting() {
    return waiting.count();
  }

  /**
   * Returns the money that moved for an order.
   *
   * @param orderId the order
   * @return what the books say
   */
  public SimulatedMoney money(UUID orderId) {
    return provider.money(orderId);
  }

  /**
   * Returns the money that moved for all orders, in whatever currencies.
   *
   * @return what the books say
   */
  public SimulatedMoney money() {
    return provider.money(null);
  }

  /**
   * Returns the money of each order that was ever asked to pay.
   *
   * @return what the books say, by order, as of now
   */
  public Map<UUID, SimulatedMoney> moneyByOrder() {
    return provider.moneyByOrder();
  }

  /**
   * Returns how often this gateway was called.
   *
   * @param call which kind
   * @return calls begun
   */
  public int calls(SimulatedCall call) {
    return calls.count(call);
  }

  /**
   * Returns how often this gateway was called under a reference.
   *
   * @param call which kind
   * @param reference our reference of the charge, or for REFUND and LOOK_UP_REFUND of the refund
   * @return calls begun
   */
  public int calls(SimulatedCall call, String reference) {
    return calls.count(call, reference);
  }

  @Override
  public ChargeAnswer charge(ChargeRequest request) throws Exception {
    return connection.charge(request);
  }

  @Override
  public ChargeAnswer lookUp(String reference) throws Exception {
    return connection.lookUp(reference);
  }

  @Override
  public CancelAnswer cancel(String reference) throws Exception {
    return connection.cancel(reference);
  }

  @Override
  public RefundAnswer refund(RefundRequest request) throws Exception {
    return connection.refund(request);
  }

  @Override
  public RefundAnswer lookUpRefund(String reference) throws Exception {
    return connection.lookUpRefund(reference);
  }

  @Override
  public Duration idempotencyWindow() {
    return idempotencyWindow;
  }

  @Override
  public Duration requestLifetime() {
    return requestLifetime;
  }

  @Override
  public Duration callTimeout() {
    return callTimeout;
  }

  /**
   * Collects the behaviour of a {@link SimulatedGateway}. Not thread-safe; {@link #build} copies.
   */
  public static final class Builder {
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

    Builder() {}

    /**
     * Sets the share of orders that is declined. Which ones depends on the seed and the order's id,
     * not on the order of calls. Default: 0.
     *
     * @param rate 0 to 1
     * @return this builder
     * @throws com.techcorp.error.WiringException if it is outside
     */
    public Builder declineRate(double rate) {
      Require.that(rate >= 0 && rate <= 1, "SimulatedGateway.declineRate", "0 to 1", rate);
      declineRate = rate;
      return this;
    }

    /**
     * Sets the code of declines by rate. Default: {@code card_declined}.
     *
     * @param code for programs
     * @return this builder
     */
    public Builder declineCode(String code) {
      declineCode = code;
      return this;
    }

    /**
     * Chooses the declined orders. Default: 0.
     *
     * @param number any
     * @return this builder
     */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /**
     * Sets how long each call takes, in real time. The call can be interrupted meanwhile, and has
     * had its effect; after {@link #callTimeout} it is given up by a {@code TimeoutException}.
     * Default: none.
     *
     * @param time not negative; counted in milliseconds
     * @return this builder
     * @throws com.techcorp.error.WiringException if it is negative
     */
    public Builder latency(Duration time) {
      latency = notNegative("latency", time);
      return this;
    }

    /**
     * Sets whether repeats of one reference are one charge. Say false to prove that the caller does
     * not even send twice. Default: true.
     *
     * @param folds false: each request that arrives charges
     * @return this builder
     */
    public Builder foldsRepeats(boolean folds) {
      foldsRepeats = folds;
      return this;
    }

    /**
     * Sets whether a charge can be cancelled by its reference, also one that has not arrived.
     * Default: true.
     *
     * @param supports false: the answer is {@code NotPossible}
     * @return this builder
     */
    public Builder supportsCancel(boolean supports) {
      supportsCancel = supports;
      return this;
    }

    /**
     * Sets whether a refund can be looked up by its reference. Default: true.
     *
     * @param looks false: the answer is {@code Unsupported}
     * @return this builder
     */
    public Builder looksRefundsUp(boolean looks) {
      looksRefundsUp = looks;
      return this;
    }

    /**
     * Sets whether refunds that exceed their charge are refused. Say false to prove that the caller
     * does not even try to pay back twice. Default: true.
     *
     * @param limits false: each refund that arrives under a new key pays
     * @return this builder
     */
    public Builder limitsRefunds(boolean limits) {
      limitsRefunds = limits;
      return this;
    }

    /**
     * Sets whether {@code cancel} takes back what was charged, as long as none of it was refunded.
     * Default: false, the answer is {@code AlreadyCharged}.
     *
     * @param voids true: the books have nothing charged afterwards
     * @return this builder
     */
    public Builder voidsCharges(boolean voids) {
      voidsCharges = voids;
      return this;
    }

    /**
     * Sets whether answers tell the amount that was taken or given back. Default: true.
     *
     * @param tells false: as a provider that does not say
     * @return this builder
     */
    public Builder tellsAmounts(boolean tells) {
      tellsAmounts = tells;
      return this;
    }

    /**
     * Sets what {@link SimulatedGateway#idempotencyWindow()} returns. The simulator itself
     * recognises repeats until {@link SimulatedGateway#forgetKeys()}. Default: 24 hours.
     *
     * @param window not negative
     * @return this builder
     * @throws com.techcorp.error.WiringException if it is negative
     */
    public Builder idempotencyWindow(Duration window) {
      idempotencyWindow = notNegative("idempotencyWindow", window);
      return this;
    }

    /**
     * Sets what {@link SimulatedGateway#requestLifetime()} returns. Default: 10 minutes.
     *
     * @param lifetime not negative
     * @return this builder
     * @throws com.techcorp.error.WiringException if it is negative
     */
    public Builder requestLifetime(Duration lifetime) {
      requestLifetime = notNegative("requestLifetime", lifetime);
      return this;
    }

    /**
     * Sets the time that {@link SimulatedGateway#callTimeout()} returns; calls keep to it, except
     * those that a script {@linkplain SimulatedCharge#untilReleased() holds}. Default: 20 seconds.
     *
     * @param limit not negative, of real time; counted in milliseconds
     * @return this builder
     * @throws com.techcorp.error.WiringException if it is negative
     */
    public Builder callTimeout(Duration limit) {
      callTimeout = notNegative("callTimeout", limit);
      return this;
    }

    /**
     * Keeps the books in a file as well: what is there already stands, and nothing is answered
     * before the file is safe on the disk, so that the death of this process forgets no money.
     * Tokens are never written; scripts and requests on their way are not kept. Default: in memory
     * only.
     *
     * @param file one line of JSON an entry; made if it does not exist; of one gateway at a time
     * @return this builder
     */
    public Builder ledger(Path file) {
      ledger = file.toAbsolutePath().toString();
      return this;
    }

    /**
     * Creates the gateway from what was collected. Its books are empty, or what the {@linkplain
     * #ledger(Path) ledger} says.
     *
     * @return a new one with each call
     * @throws java.io.UncheckedIOException if the ledger cannot be used
     */
    public SimulatedGateway build() {
      return new SimulatedGateway(this);
    }

    private static Duration notNegative(String option, Duration time) {
      Require.atLeast("SimulatedGateway." + option, time, Duration.ZERO);
      return time;
    }
  }
}
