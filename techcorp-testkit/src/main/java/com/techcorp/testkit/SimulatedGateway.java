package com.techcorp.testkit;

import com.techcorp.error.InvalidInputException;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.testkit.SimulatedCharge.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A payment provider in this process, with its own books: it approves by default, and reports
 * afterwards what it took from whom and how often. For tests and demos; thread-safe; neither logs
 * nor prints card tokens.
 */
public final class SimulatedGateway implements PaymentGateway {
  private final Builder options;
  private final SimulatedProvider provider;
  private final SimulatedScripts scripts = new SimulatedScripts();
  private final WaitingCalls waiting = new WaitingCalls();
  private final Map<Call, AtomicInteger> failing = new ConcurrentHashMap<>();
  private final AtomicInteger lostRefundAnswers = new AtomicInteger();
  private final AtomicInteger lostRefunds = new AtomicInteger();
  private final Map<Counted, Integer> calls = new ConcurrentHashMap<>();

  /** The kinds of calls, to count and to fail them. */
  public enum Call {
    /** Calls of {@link PaymentGateway#charge}. */
    CHARGE,
    /** Calls of {@link PaymentGateway#lookUp}. */
    LOOK_UP,
    /** Calls of {@link PaymentGateway#cancel}. */
    CANCEL,
    /** Calls of {@link PaymentGateway#refund}. */
    REFUND,
    /** Calls of {@link PaymentGateway#lookUpRefund}. */
    LOOK_UP_REFUND
  }

  /**
   * The money that moved, by the provider's books, in minor units, over all references.
   *
   * @param charged money taken, and not voided
   * @param refunded money given back
   * @param charges how many times money was taken
   * @param refunds how many times money was given back
   */
  public record Money(long charged, long refunded, int charges, int refunds) {
    /** No money moved. */
    public static final Money NONE = new Money(0, 0, 0, 0);

    /**
     * Returns the sum of both.
     *
     * @param other more
     * @return both together
     */
    public Money plus(Money other) {
      return new Money(
          charged + other.charged,
          refunded + other.refunded,
          charges + other.charges,
          refunds + other.refunds);
    }

    /**
     * Returns what the merchant keeps.
     *
     * @return charged less refunded
     */
    public long kept() {
      return charged - refunded;
    }
  }

  private record Counted(Call call, String reference) {}

  SimulatedGateway(Builder options) {
    this.options = options;
    this.provider =
        new SimulatedProvider(
            options,
            options.ledger == null
                ? SimulatedLedger.none()
                : SimulatedLedger.in(Path.of(options.ledger)));
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
  public SimulatedGateway failNext(Call call, int times) {
    failing.computeIfAbsent(call, kind -> new AtomicInteger()).set(times);
    return this;
  }

  /**
   * Does the next refunds and answers them with {@code Unknown}.
   *
   * @param times how many calls
   * @return this gateway
   */
  public SimulatedGateway loseRefundAnswers(int times) {
    lostRefundAnswers.set(times);
    return this;
  }

  /**
   * Loses the next refunds on their way: they do not arrive, and are answered with {@code Unknown}.
   *
   * @param times how many calls
   * @return this gateway
   */
  public SimulatedGateway loseRefunds(int times) {
    lostRefunds.set(times);
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
    return provider.releaseLate();
  }

  /**
   * Returns how many requests are held up.
   *
   * @return requests for {@link #releaseLate()}
   */
  public int late() {
    return provider.late();
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
  public Money money(UUID orderId) {
    return provider.money(orderId);
  }

  /**
   * Returns the money that moved for all orders, in whatever currencies.
   *
   * @return what the books say
   */
  public Money money() {
    return provider.money(null);
  }

  /**
   * Returns the money of each order that was ever asked to pay.
   *
   * @return what the books say, by order, as of now
   */
  public Map<UUID, Money> moneyByOrder() {
    return provider.moneyByOrder();
  }

  /**
   * Returns how often this gateway was called.
   *
   * @param call which kind
   * @return calls begun
   */
  public int calls(Call call) {
    return calls.entrySet().stream()
        .filter(entry -> entry.getKey().call() == call)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /**
   * Returns how often this gateway was called under a reference.
   *
   * @param call which kind
   * @param reference our reference of the charge, or for REFUND and LOOK_UP_REFUND of the refund
   * @return calls begun
   */
  public int calls(Call call, String reference) {
    return calls.getOrDefault(new Counted(call, reference), 0);
  }

  @Override
  public ChargeAnswer charge(ChargeRequest request) throws Exception {
    boolean fails = begin(Call.CHARGE, request.reference());
    SimulatedCharge scripted = scripts.next(request);
    SimulatedCharge behaviour =
        fails ? SimulatedCharge.failBefore() : scripted == null ? byRate(request) : scripted;
    ChargeAnswer decided =
        switch (behaviour.arrival()) {
          case AT_ONCE -> provider.arrive(request, behaviour);
          case NEVER -> new ChargeAnswer.NotFound();
          case LATE -> {
            provider.keepLate(request, behaviour);
            yield new ChargeAnswer.NotFound();
          }
        };
    pause(behaviour.latency());
    if (behaviour.waits()) {
      waiting.await();
    }
    return told(answer(behaviour.answer(), decided));
  }

  private static ChargeAnswer answer(Answer answer, ChargeAnswer decided) throws TimeoutException {
    return switch (answer) {
      case TOLD -> decided;
      case LOST -> new ChargeAnswer.Unknown("the simulated answer was lost");
      case NOT_SENT -> new ChargeAnswer.NotSent("the simulated provider refused the connection");
      case TIMED_OUT -> throw new TimeoutException("the simulated provider did not answer");
    };
  }

  private ChargeAnswer told(ChargeAnswer answer) {
    return answer instanceof ChargeAnswer.Approved approved && !options.tellsAmounts
        ? new ChargeAnswer.Approved(approved.providerRef())
        : answer;
  }

  private CancelAnswer told(CancelAnswer answer) {
    return answer instanceof CancelAnswer.AlreadyCharged charged && !options.tellsAmounts
        ? new CancelAnswer.AlreadyCharged(charged.providerRef())
        : answer;
  }

  private RefundAnswer told(RefundAnswer answer) {
    return answer instanceof RefundAnswer.Refunded refunded && !options.tellsAmounts
        ? new RefundAnswer.Refunded(refunded.providerRef())
        : answer;
  }

  /** The same order is always treated alike under one seed, in any order of calls. */
  private SimulatedCharge byRate(ChargeRequest request) {
    UUID id = request.orderId();
    long mixed =
        31 * (31 * options.seed + id.getMostSignificantBits()) + id.getLeastSignificantBits();
    return new SplittableRandom(mixed).nextDouble() < options.declineRate
        ? SimulatedCharge.decline(options.declineCode)
        : SimulatedCharge.approve();
  }

  @Override
  public ChargeAnswer lookUp(String reference) throws Exception {
    boolean fails = begin(Call.LOOK_UP, reference);
    pause(Duration.ZERO);
    throwIf(fails);
    return told(provider.lookUp(reference));
  }

  @Override
  public CancelAnswer cancel(String reference) throws Exception {
    boolean fails = begin(Call.CANCEL, reference);
    pause(Duration.ZERO);
    throwIf(fails);
    return options.supportsCancel
        ? told(provider.cancel(reference))
        : new CancelAnswer.NotPossible();
  }

  @Override
  public RefundAnswer refund(RefundRequest request) throws Exception {
    boolean fails = begin(Call.REFUND, request.reference());
    if (fails) {
      pause(Duration.ZERO);
      return new RefundAnswer.Failed("the simulated provider refuses for now");
    }
    if (take(lostRefunds)) {
      pause(Duration.ZERO);
      return new RefundAnswer.Unknown("the simulated request was lost");
    }
    RefundAnswer answer = told(provider.refund(request));
    pause(Duration.ZERO);
    return take(lostRefundAnswers)
        ? new RefundAnswer.Unknown("the simulated answer was lost")
        : answer;
  }

  @Override
  public RefundAnswer lookUpRefund(String reference) throws Exception {
    boolean fails = begin(Call.LOOK_UP_REFUND, reference);
    pause(Duration.ZERO);
    throwIf(fails);
    return options.looksRefundsUp
        ? told(provider.lookUpRefund(reference))
        : new RefundAnswer.Unsupported();
  }

  @Override
  public Duration idempotencyWindow() {
    return options.idempotencyWindow;
  }

  @Override
  public Duration requestLifetime() {
    return options.requestLifetime;
  }

  @Override
  public Duration callTimeout() {
    return options.callTimeout;
  }

  /** Counts a call; true if it is to fail. */
  private boolean begin(Call call, String reference) {
    calls.merge(new Counted(call, reference), 1, Integer::sum);
    return take(failing.get(call));
  }

  private static boolean take(@Nullable AtomicInteger left) {
    return left != null && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  private static void throwIf(boolean fails) throws IOException {
    if (fails) {
      throw new IOException("the simulated provider is out of reach");
    }
  }

  private void pause(Duration more) throws InterruptedException, TimeoutException {
    long millis = options.latency.plus(more).toMillis();
    long limit = options.callTimeout.toMillis();
    if (millis > 0) {
      Thread.sleep(Math.min(millis, limit));
    }
    if (millis > limit) {
      throw new TimeoutException("the simulated provider did not answer in time");
    }
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

    private Builder(Builder from) {
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
     * Sets the share of orders that is declined. Which ones depends on the seed and the order's id,
     * not on the order of calls. Default: 0.
     *
     * @param rate 0 to 1
     * @return this builder
     * @throws InvalidInputException if it is outside
     */
    public Builder declineRate(double rate) {
      if (!(rate >= 0 && rate <= 1)) {
        throw new InvalidInputException("declineRate", "must be 0 to 1, was " + rate);
      }
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
     * @throws InvalidInputException if it is negative
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
     * @throws InvalidInputException if it is negative
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
     * @throws InvalidInputException if it is negative
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
     * @throws InvalidInputException if it is negative
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
      return new SimulatedGateway(new Builder(this));
    }

    private static Duration notNegative(String field, Duration duration) {
      if (duration.isNegative()) {
        throw new InvalidInputException(field, "must not be negative, was " + duration);
      }
      return duration;
    }
  }
}
