package com.techcorp.cli;

import com.techcorp.PublishedEvents;
import com.techcorp.amqp.RabbitDeadLetters.Letter;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.error.NotFoundException;
import com.techcorp.error.TechCorpException;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import com.techcorp.order.Order;
import com.techcorp.order.spi.OrderStore;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What an operator does: checks the invariants of a database, looks at a consumer's dead letters,
 * gives them to it again, sends an order's events to it again, compares what is at the broker, ends
 * a user's sessions, changes the keys that sign access tokens. Of the bus on RabbitMQ, or, with
 * {@code --url}, of the bus inside the process, whose dead letters and backlogs are in the
 * database. Addresses and passwords come from the environment and are never printed.
 *
 * <pre>{@code
 * java -cp … com.techcorp.cli.OperatorCommand check --url jdbc:postgresql://host/shop --user reader
 * }</pre>
 */
@Command(
    name = "techcorp",
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = OperatorCommand.FAILED,
    description =
        "The invariant check, dead letters of a consumer, an order's events sent again, what is at"
            + " the broker, a user's sessions, the keys that sign access tokens, and the counters of"
            + " available units.",
    footer = {
      "",
      "The broker's address is read from TECHCORP_RABBITMQ_URL, such as amqp://user:password@host/vhost,",
      "that of Redis from TECHCORP_REDIS_URL, such as redis://user:password@host:port,",
      "the database's password from TECHCORP_POSTGRES_PASSWORD or PGPASSWORD.",
      "Exit codes: 0 done, 1 it could not be done, 2 wrong usage."
    })
public final class OperatorCommand {
  /** Exit code: it is done. */
  public static final int DONE = 0;

  /** Exit code: it could not be done, or the check found violations. */
  public static final int FAILED = 1;

  /** Exit code: the command line is wrong. */
  public static final int USAGE = 2;

  private final Map<String, String> env;

  @Mixin private BrokerOptions broker = new BrokerOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  private OperatorCommand(Map<String, String> env) {
    this.env = env;
  }

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param args {@code --help} tells
   */
  public static void main(String[] args) {
    System.exit(commandLine(System.getenv()).execute(args));
  }

  /**
   * The command line, to run it from within a program.
   *
   * @param env where addresses and passwords are read from
   * @return ready to execute
   */
  public static CommandLine commandLine(Map<String, String> env) {
    OperatorCommand operator = new OperatorCommand(env);
    return new CommandLine(operator)
        .addSubcommand(new CheckCommand(env))
        .addSubcommand(new CheckRedisCommand(env))
        .addSubcommand(new SessionsCommand(env))
        .addSubcommand(new TopologyCommand(env, operator.broker))
        .addSubcommand(new KeysCommand(env))
        .addSubcommand(new StockCommand(env))
        .setParameterExceptionHandler(OperatorCommand::wrongUsage)
        .setExecutionExceptionHandler(
            (e, line, parsed) -> {
              if (e instanceof TechCorpException) {
                line.getErr().println(e.getMessage());
                return line.getCommandSpec().exitCodeOnExecutionException();
              }
              throw e;
            });
  }

  /** What was given is not repeated: a mistyped option may hold what should not be printed. */
  private static int wrongUsage(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    boolean unmatched = e instanceof UnmatchedArgumentException;
    err.println(unmatched ? "an option or a command is not known" : e.getMessage());
    e.getCommandLine().usage(err);
    return USAGE;
  }

  @Command(name = "dead", description = "Lists what a consumer gave up on, oldest first.")
  int dead(
      @Parameters(paramLabel = "CONSUMER") String consumer,
      @Option(names = "--limit", defaultValue = "20", description = "At most; default 20.")
          int limit,
      @Option(names = "--bodies", description = "Also what they hold.") boolean bodies,
      @Mixin DatabaseOptions database) {
    if (database.isGiven()) {
      List<Inbox.DeadLetter> letters = storage(database).inbox().dead(consumer, limit);
      letters.forEach(letter -> print(letter, bodies));
      out().printf(Locale.ROOT, "%d dead letters of %s%n", letters.size(), consumer);
      return DONE;
    }
    try (RabbitEventBus bus = broker.connected(env)) {
      List<Letter> letters = bus.deadLetters(consumer).peek(limit);
      letters.forEach(letter -> print(letter, bodies));
      out().printf(Locale.ROOT, "%d dead letters of %s%n", letters.size(), consumer);
      return DONE;
    }
  }

  private void print(Inbox.DeadLetter letter, boolean body) {
    Event event = letter.event();
    out()
        .printf(
            Locale.ROOT,
            "%s %s of %s: %s%n",
            event.id(),
            event.type(),
            event.stream(),
            letter.reason());
    if (body) {
      out().println("  " + event.json());
    }
  }

  private void print(Letter letter, boolean body) {
    out()
        .printf(
            Locale.ROOT,
            "%s %s, %d attempts: %s%n",
            letter.messageId(),
            letter.type(),
            letter.attempts(),
            letter.reason());
    if (body) {
      out().println("  " + letter.body());
    }
  }

  @Command(name = "replay", description = "Gives a consumer's dead letters to it again.")
  int replay(
      @Parameters(paramLabel = "CONSUMER") String consumer,
      @Option(names = "--limit", defaultValue = "1000", description = "At most; default 1000.")
          int limit,
      @Mixin DatabaseOptions database) {
    if (database.isGiven()) {
      int moved = storage(database).consumerBacklog().replay(consumer, limit);
      out().printf(Locale.ROOT, "%d dead letters given to %s again%n", moved, consumer);
      return DONE;
    }
    try (RabbitEventBus bus = broker.connected(env)) {
      int replayed = bus.deadLetters(consumer).replay(limit);
      out().printf(Locale.ROOT, "%d dead letters given to %s again%n", replayed, consumer);
      return DONE;
    }
  }

  @Command(
      name = "backlog",
      description = "What waits for each consumer of the bus inside the process, and for how long.")
  int backlog(@Mixin DatabaseOptions database) {
    if (!database.isGiven()) {
      throw wrong("--url must name the database");
    }
    new TreeMap<>(storage(database).consumerBacklog().waiting())
        .forEach(
            (consumer, waiting) ->
                out()
                    .printf(
                        Locale.ROOT,
                        "%d events wait for %s, the oldest for %d s%n",
                        waiting.events(),
                        consumer,
                        waiting.age().toSeconds()));
    return DONE;
  }

  @Command(
      name = "send-again",
      description =
          "Sends all events of orders to one consumer again; its inbox knows what it had.")
  int sendAgain(
      @Mixin DatabaseOptions database,
      @Parameters(index = "0", paramLabel = "CONSUMER") String consumer,
      @Parameters(
              index = "1..*",
              arity = "1..*",
              paramLabel = "ORDER",
              description = "Ids or numbers.")
          List<String> orders) {
    OrderStore store = storage(database).orders();
    try (RabbitEventBus bus = broker.connected(env)) {
      PublishedEvents events = new PublishedEvents(store, bus);
      for (String order : orders) {
        int sent = events.sendAgain(id(store, order), consumer);
        out().printf(Locale.ROOT, "%d events of order %s sent to %s%n", sent, order, consumer);
      }
      return DONE;
    }
  }

  private static UUID id(OrderStore store, String order) {
    try {
      return UUID.fromString(order);
    } catch (IllegalArgumentException e) {
      return store
          .findByNumber(order)
          .map(Order::id)
          .orElseThrow(() -> new NotFoundException("no order " + order, e));
    }
  }

  private PostgresStorage storage(DatabaseOptions database) {
    return PostgresStorage.builder(database.dataSource(env)).schemas(database.schemas()).build();
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
