package com.techcorp.examples.features;

import com.techcorp.auth.token.AccessTokens;
import com.techcorp.auth.token.KeyWrapping;
import com.techcorp.auth.token.SharedKeys;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.jdbc.SchemaNames;
import com.techcorp.servers.process.ChildJvm;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An issuer in a process of its own, whose keys are in PostgreSQL. It reads one command a line from
 * its standard input: to start, to rotate, to issue or to verify. It answers each with a line.
 */
final class KeysProcess {
  /** Waits for an instant and starts: {@code ready}. */
  static final String START = "start";

  /** Waits for an instant and rotates: {@code issued}, and a token of the key that signs then. */
  static final String ROTATE = "rotate";

  /** Verifies a token of the other process: {@code verdict}, and what it is. */
  static final String VERIFY = "verify";

  private final SharedKeys.Builder builder;
  private SharedKeys keys;

  private KeysProcess(SharedKeys.Builder builder) {
    this.builder = builder;
  }

  static ChildJvm launch(String url, byte[] secret) {
    // With the first compiler alone, as elsewhere in tests, keys take five times as long to make.
    return ChildJvm.of(KeysProcess.class)
        .jvmOptions("-Xmx128m", "-XX:+UseSerialGC")
        .args(url, HexFormat.of().formatHex(secret))
        .start();
  }

  /**
   * Runs until its parent ends it.
   *
   * @param args the database, and the key that wraps private keys
   */
  public static void main(String[] args) throws InterruptedException {
    BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    ChildJvm.listen(commands::add);
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(args[0]);
    PostgresStorage storage =
        PostgresStorage.builder(dataSource).schemas(SchemaNames.DEFAULT.withAuthTables()).build();
    KeysProcess process =
        new KeysProcess(
            SharedKeys.builder(
                storage.signingKeys(), KeyWrapping.of("1", HexFormat.of().parseHex(args[1]))));
    System.out.println("waiting");
    while (true) {
      String[] words = commands.take().split(" ", 2);
      System.out.println(process.answer(words[0], words[1]));
    }
  }

  private String answer(String command, String argument) {
    switch (command) {
      case START -> {
        awaitInstant(argument);
        keys = builder.start();
        return "ready";
      }
      case ROTATE -> {
        awaitInstant(argument);
        keys.rotate();
        UUID user = UUID.randomUUID();
        return "issued "
            + AccessTokens.of(keys).issue(user, "ana@example.com", UUID.randomUUID()).value();
      }
      default -> {
        return "verdict " + AccessTokens.of(keys).verify(argument).getClass().getSimpleName();
      }
    }
  }

  /** Spins: a sleep ends at another time in each process. */
  private static void awaitInstant(String millis) {
    long instant = Long.parseLong(millis);
    while (System.currentTimeMillis() < instant) {
      Thread.onSpinWait();
    }
  }
}
