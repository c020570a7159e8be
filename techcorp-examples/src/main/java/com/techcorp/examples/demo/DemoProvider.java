package com.techcorp.examples.demo;

import com.techcorp.servers.provider.ProviderProcess;
import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.SimulatedMoney;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The payment provider of a run: inside this process, or with {@code --crash} a process of its own,
 * which no worker takes with it when it dies.
 */
final class DemoProvider implements AutoCloseable {
  private final ForgetfulGateway gateway;
  private final Supplier<Map<UUID, SimulatedMoney>> books;
  private final @Nullable ProviderProcess process;

  private DemoProvider(
      ForgetfulGateway gateway,
      Supplier<Map<UUID, SimulatedMoney>> books,
      @Nullable ProviderProcess process) {
    this.gateway = gateway;
    this.books = books;
    this.process = process;
  }

  static DemoProvider of(RunnerOptions options) {
    SimulatedGateway.Builder builder =
        SimulatedGateway.builder()
            .declineRate(options.decline)
            .latency(options.latency())
            .seed(options.seed);
    if (options.crash == null) {
      SimulatedGateway inside = builder.build();
      return new DemoProvider(
          new ForgetfulGateway(inside, options.timeoutRate, options.seed),
          inside::moneyByOrder,
          null);
    }
    ProviderProcess process = ProviderProcess.start(builder);
    knock(process);
    return new DemoProvider(
        new ForgetfulGateway(process.gateway(), options.timeoutRate, options.seed),
        process::moneyByOrder,
        process);
  }

  ForgetfulGateway gateway() {
    return gateway;
  }

  /** A first call pays for its classes; a process that has run for a while has made it. */
  private static void knock(ProviderProcess process) {
    try {
      process.gateway().lookUp("nothing");
    } catch (IOException e) {
      throw new CannotGoOnException("The payment provider does not answer: " + e.getMessage());
    }
  }

  /** Where another process finds it. */
  URI uri() {
    if (process == null) {
      throw new IllegalStateException("the provider is inside this process");
    }
    return process.uri();
  }

  /**
   * Why the provider's books do not fit the orders, or null: it kept the price of each confirmed
   * order, taken once, and nothing of all others.
   */
  @Nullable String misfit(DatabaseView state) {
    Map<UUID, SimulatedMoney> money = new HashMap<>(books.get());
    long[] wrong = {0};
    String[] first = {""};
    state.prices(
        (order, due) -> {
          SimulatedMoney moved = money.remove(order);
          long kept = moved == null ? 0 : moved.kept();
          int charges = moved == null ? 0 : moved.charges();
          if ((kept != due || charges > 1) && wrong[0]++ == 0) {
            first[0] =
                order + ": due " + due + ", kept " + kept + ", charged " + charges + " times";
          }
        });
    money.values().removeIf(moved -> moved.kept() == 0);
    if (wrong[0] == 0 && money.isEmpty()) {
      return null;
    }
    return wrong[0] + " orders, first " + first[0] + "; orders unknown here: " + money.size();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
