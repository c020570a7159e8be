package com.techcorp.servers.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.techcorp.servers.process.ChildJvm;
import com.techcorp.servers.process.Directories;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.SimulatedMoney;
import com.techcorp.testkit.SimulatedScripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * A payment provider in a process of its own: a {@link SimulatedGateway} behind HTTP, with a ledger
 * that is safe on the disk before a call is answered. Kill the processes of a shop, kill the
 * provider, and ask it afterwards whose money moved how often.
 *
 * <pre>{@code
 * try (ProviderProcess provider = ProviderProcess.start()) {
 *   provider.on().order(id, SimulatedCharge.approve().untilReleased());
 *   // run the shop with ProviderGateway.at(provider.uri()), kill it, run another one
 *   assertThat(provider.money(order).charges()).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>It ends with this JVM. The commands throw {@link UncheckedIOException} when it cannot be
 * reached. Thread-safe.
 */
public final class ProviderProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration COMMAND = Duration.ofSeconds(30);
  private static final String LISTENING = "listening on ";
  private static final TypeReference<Map<UUID, SimulatedMoney>> BY_ORDER = new TypeReference<>() {};

  private final Path directory;
  private final Path ledger;
  private final String options;
  private final HttpCalls calls;
  private final SimulatedScripts scripts;
  private ChildJvm child;

  private ProviderProcess(SimulatedGateway.Builder builder) {
    this.directory = Directories.createTemporary("provider-");
    this.ledger = directory.resolve("ledger.jsonl");
    this.options = json(builder.ledger(ledger));
    this.child = launch(0);
    int port = awaitPort();
    this.calls = new HttpCalls(URI.create("http://127.0.0.1:" + port));
    this.scripts = SimulatedScripts.keptBy(new Commands());
  }

  /**
   * Starts a provider that approves at once, recognizes repeats and can cancel.
   *
   * @return the provider, listening; the caller closes it
   * @throws AssertionError if it does not come up
   */
  public static ProviderProcess start() {
    return start(SimulatedGateway.builder());
  }

  /**
   * Starts a provider.
   *
   * @param builder how it behaves; its ledger is set by this call
   * @return the provider, listening; the caller closes it
   * @throws AssertionError if it does not come up
   */
  public static ProviderProcess start(SimulatedGateway.Builder builder) {
    return new ProviderProcess(builder);
  }

  /**
   * Where it listens, the same after a restart.
   *
   * @return for {@link ProviderGateway#at}
   */
  public URI uri() {
    return calls.provider();
  }

  /**
   * A gateway to this provider, with the defaults.
   *
   * @return one that shares this provider's connections, which {@link #close()} closes
   */
  public ProviderGateway gateway() {
    return ProviderGateway.over(calls);
  }

  /**
   * Its ledger: one line of JSON an entry, without tokens.
   *
   * @return the file, there until {@link #close()}
   */
  public Path ledger() {
    return ledger;
  }

  /** Kills it with SIGKILL: calls are refused from now on. Its books are kept. */
  public synchronized void kill() {
    child.kill();
  }

  /**
   * Freezes it (SIGSTOP): connections are made, and nothing is answered.
   *
   * @throws UnsupportedOperationException on Windows
   * @throws IllegalStateException when it was killed
   */
  public synchronized void pause() {
    child.pause();
  }

  /**
   * Lets it go on (SIGCONT).
   *
   * @throws UnsupportedOperationException on Windows
   * @throws IllegalStateException when it was killed
   */
  public synchronized void resume() {
    child.resume();
  }

  /**
   * Kills it unless it is dead already, and starts it at the same address with the same books. Its
   * scripts, what it was to fail, and requests that were on their way are forgotten.
   *
   * @throws AssertionError if it does not come up
   */
  public synchronized void restart() {
    child.close();
    child = launch(uri().getPort());
    awaitPort();
  }

  /**
   * Says which call to charge gets which behaviour.
   *
   * @return the scripts, to add to; each addition is a command to the provider
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
   * @return this provider
   */
  public ProviderProcess failNext(SimulatedCall call, int times) {
    command("fail", new Wire.Times(call, times), Boolean.class);
    return this;
  }

  /**
   * Does the next refunds and does not answer them.
   *
   * @param times how many calls
   * @return this provider
   */
  public ProviderProcess loseRefundAnswers(int times) {
    command("lose-refund-answers", times, Boolean.class);
    return this;
  }

  /**
   * Loses the next refunds on their way: they do not arrive, and are not answered.
   *
   * @param times how many calls
   * @return this provider
   */
  public ProviderProcess loseRefunds(int times) {
    command("lose-refunds", times, Boolean.class);
    return this;
  }

  /**
   * Ends the idempotency window of all that came so far, also over a restart: what comes again
   * under a known reference charges, or pays back, once more. What can be looked up stays.
   *
   * @return this provider
   */
  public ProviderProcess forgetKeys() {
    command("forget-keys", true, Boolean.class);
    return this;
  }

  /**
   * Lets requests arrive that were held up.
   *
   * @return how many
   */
  public int releaseLate() {
    return command("release-late", true, Integer.class);
  }

  /**
   * How many requests are held up.
   *
   * @return requests for {@link #releaseLate()}
   */
  public int late() {
    return command("late", true, Integer.class);
  }

  /**
   * Answers calls that wait.
   *
   * @return how many, those of callers that are gone included
   */
  public int releaseWaiting() {
    return command("release-waiting", true, Integer.class);
  }

  /**
   * How many calls wait.
   *
   * @return calls for {@link #releaseWaiting()}, those of callers that are gone included
   */
  public int waiting() {
    return command("waiting", true, Integer.class);
  }

  /**
   * An order's money, over all references.
   *
   * @param orderId the order
   * @return what the books say
   */
  public SimulatedMoney money(UUID orderId) {
    return command("money", new Wire.Whose(orderId), SimulatedMoney.class);
  }

  /**
   * All orders' money, in whatever currencies.
   *
   * @return what the books say
   */
  public SimulatedMoney money() {
    return command("money", new Wire.Whose(null), SimulatedMoney.class);
  }

  /**
   * The money of each order that was ever asked to pay, in one call.
   *
   * @return what the books say, by order, as of now
   */
  public Map<UUID, SimulatedMoney> moneyByOrder() {
    try {
      return Wire.JSON.readValue(post("money-by-order", true), BY_ORDER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How often it was called since it was last started.
   *
   * @param call which kind
   * @return calls begun
   */
  public int calls(SimulatedCall call) {
    return command("calls", new Wire.Counted(call, null), Integer.class);
  }

  /**
   * How often it was called under a reference since it was last started.
   *
   * @param call which kind
   * @param reference our reference of the charge, or for REFUND and LOOK_UP_REFUND of the refund
   * @return calls begun
   */
  public int calls(SimulatedCall call, String reference) {
    return command("calls", new Wire.Counted(call, reference), Integer.class);
  }

  /** Kills it and deletes its ledger. Has no effect a second time. */
  @Override
  public synchronized void close() {
    calls.close();
    child.close();
    Directories.delete(directory);
  }

  private ChildJvm launch(int port) {
    return ChildJvm.of(ProviderServer.class)
        .jvmOptions("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
        .args(options, Integer.toString(port))
        .ownSession()
        .start();
  }

  private int awaitPort() {
    String line = child.awaitLine(LISTENING, START);
    return Integer.parseInt(line.substring(LISTENING.length()));
  }

  private <T> T command(String name, Object body, Class<T> answer) {
    try {
      return Wire.JSON.readValue(post(name, body), answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] post(String name, Object body) throws IOException {
    return calls.post("/control/" + name, body, COMMAND);
  }

  private static String json(SimulatedGateway.Builder builder) {
    try {
      return Wire.JSON.writeValueAsString(builder);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Commands implements SimulatedScripts.Keeper {
    @Override
    public void put(SimulatedScripts.Script script) {
      command("script", script, Boolean.class);
    }

    @Override
    public void clear() {
      command("clear", true, Boolean.class);
    }
  }
}
