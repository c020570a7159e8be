package com.techcorp.cli;

import com.techcorp.auth.spi.KeyChange;
import com.techcorp.auth.spi.KeyRules;
import com.techcorp.auth.spi.KeySchedule;
import com.techcorp.auth.spi.KeySnapshot;
import com.techcorp.auth.spi.KeyStep;
import com.techcorp.auth.spi.KeyTerms;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.auth.spi.StoredKey;
import com.techcorp.jdbc.PostgresStorage;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Lists the keys that sign access tokens, lets the next one sign, and takes out one that leaked.
 * Needs no key to unwrap them: the processes that sign make the keys.
 */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "The keys that sign access tokens: list them, let the next one sign, remove one.",
    footer = {"", "Exit codes: 0 done, 1 it could not be done, 2 wrong usage."})
final class KeysCommand {
  /** How long a key must be published stands in its row. */
  private static final KeySchedule OF_THE_KEYS =
      new KeySchedule(new KeyTerms(Duration.ofSeconds(1), Duration.ofSeconds(1)), Optional.empty());

  private final Map<String, String> env;

  @Spec private CommandSpec spec = CommandSpec.create();

  KeysCommand(Map<String, String> env) {
    this.env = env;
  }

  @Command(name = "list", description = "Lists the keys in use, and those that have ended.")
  int list(
      @Option(names = "--ended", defaultValue = "5", description = "Of these at most; default 5.")
          int ended,
      @Mixin DatabaseOptions database) {
    SigningKeyStore store = store(database);
    KeySnapshot keys = store.read();
    keys.keys().forEach(this::print);
    store.ended(ended).forEach(this::print);
    out().printf(Locale.ROOT, "%d keys in use%n", keys.keys().size());
    return OperatorCommand.DONE;
  }

  private void print(StoredKey key) {
    StoredKey.Times times = key.times();
    out()
        .println(
            Printable.of(key.id())
                + " "
                + key.state()
                + ", published "
                + times.published()
                + since(", signs since ", times.activated())
                + since(", until ", times.retired())
                + since(", ended ", times.dropped())
                + wrappedUnder(key.wrappedKey()));
  }

  private static String since(String word, @Nullable Instant instant) {
    return instant == null ? "" : word + instant;
  }

  /** What stands before the first point; what follows is not printed. */
  private static String wrappedUnder(@Nullable String wrapped) {
    int point = wrapped == null ? -1 : wrapped.indexOf('.');
    return wrapped == null || point < 0
        ? ""
        : ", wrapped under " + Printable.of(wrapped.substring(0, point));
  }

  @Command(
      name = "rotate",
      description = "Lets the next key sign, if every verifier can have it already.")
  int rotate(@Mixin DatabaseOptions database) {
    SigningKeyStore store = store(database);
    KeyStep step = KeyRules.rotation(store.read(), OF_THE_KEYS);
    if (step instanceof KeyStep.Apply apply && store.change(apply.change())) {
      out().println(apply.change().keyId() + " signs from now on");
      return OperatorCommand.DONE;
    }
    err().println(whyNot(step));
    return OperatorCommand.FAILED;
  }

  private static String whyNot(KeyStep step) {
    if (step instanceof KeyStep.Apply) {
      return "somebody else changed the keys just now: look at them by keys list";
    }
    return step instanceof KeyStep.Wait wait && wait.until().isBefore(Instant.MAX)
        ? "the next key may sign from " + wait.until() + " on: try then"
        : "no key waits: a process that signs makes it, or you load one there";
  }

  @Command(
      name = "remove",
      description = {
        "Takes out a key that leaked: its tokens are refused. If it signs, the next one does.",
        "Processes follow within seconds, verifiers with their next fetch of the keys."
      })
  int remove(
      @Parameters(paramLabel = "KEY", description = "The key's id, as keys list shows it.")
          String keyId,
      @Mixin DatabaseOptions database) {
    SigningKeyStore store = store(database);
    if (!store.change(new KeyChange.Remove(keyId))) {
      err().println("no key in use has this id");
      return OperatorCommand.FAILED;
    }
    out().println(keyId + " is removed");
    KeySnapshot left = store.read();
    if (left.active().isEmpty()
        && KeyRules.rotation(left, OF_THE_KEYS) instanceof KeyStep.Apply apply
        && store.change(apply.change())) {
      out().println(apply.change().keyId() + " signs from now on");
    }
    return OperatorCommand.DONE;
  }

  private SigningKeyStore store(DatabaseOptions database) {
    return PostgresStorage.builder(database.dataSource(env))
        .schemas(database.schemas().withAuthTables())
        .build()
        .signingKeys();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
