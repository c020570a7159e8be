package com.techcorp.examples.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.AccessToken;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.spi.KeyState;
import com.techcorp.auth.token.AccessTokens;
import com.techcorp.auth.token.KeyWrapping;
import com.techcorp.auth.token.SharedKeys;
import com.techcorp.auth.token.SigningKey;
import com.techcorp.auth.token.TokenOptions;
import com.techcorp.contracts.LogCapture;
import com.techcorp.error.WiringException;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.jdbc.SchemaNames;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.testkit.SteppedClock;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.event.Level;

/** Processes that share signing keys in PostgreSQL, each with connections of its own. */
class SharedKeysIT {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final SchemaNames NAMES = SchemaNames.DEFAULT.withAuthTables();

  private final SteppedClock clock = SteppedClock.create();
  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
  private final byte[] secret = new byte[32];
  private final LogCapture logged = LogCapture.of("com.techcorp").at(Level.DEBUG);
  private String database = "";

  @BeforeEach
  void open() {
    database = SERVER.createDatabase();
    dataSource.setUrl(SERVER.jdbcUrl(database));
    PostgresStorage.migrate(dataSource, NAMES);
    Arrays.fill(secret, (byte) 0x5A);
  }

  @AfterEach
  void close() {
    logged.close();
    SERVER.dropDatabase(database);
  }

  @Test
  void twoProcessesStartAndRotateAtOnceAndOneKeySigns()
      throws InterruptedException, ExecutionException, SQLException {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    // when
    List<SharedKeys> processes = together(threads, () -> started(), () -> started());
    try {
      for (int round = 1; round <= 4; round++) {
        clock.advance(Duration.ofMinutes(6));
        together(threads, processes.get(0)::rotate, processes.get(1)::rotate);

        // then
        List<KeyState> states =
            storage().signingKeys().read().keys().stream().map(key -> key.state()).toList();
        assertThat(states).containsOnlyOnce(KeyState.ACTIVE, KeyState.NEXT);
        assertThat(states).filteredOn(KeyState.RETIRED::equals).hasSize(round);
        AccessToken token = issued(processes.get(0));
        assertThat(tokens(processes.get(1)).verify(token.value()))
            .isInstanceOf(TokenVerdict.Valid.class);
      }
      assertThat(
              InvariantCheck.on(dataSource)
                  .withSchemas(NAMES)
                  .withNow(clock.now())
                  .run()
                  .violations())
          .isEmpty();
    } finally {
      threads.shutdownNow();
      processes.forEach(SharedKeys::close);
    }
  }

  private interface Task<T> {
    T run();
  }

  @SafeVarargs
  private static <T> List<T> together(ExecutorService threads, Task<T>... tasks)
      throws InterruptedException, ExecutionException {
    CyclicBarrier start = new CyclicBarrier(tasks.length);
    List<Future<T>> running = new ArrayList<>();
    for (Task<T> task : tasks) {
      running.add(
          threads.submit(
              () -> {
                start.await();
                return task.run();
              }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> each : running) {
      results.add(each.get());
    }
    return results;
  }

  @Test
  void aKeyFromAFileLeaksNowhere() throws NoSuchAlgorithmException, SQLException {
    // given
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2_048);
    KeyPair planted = generator.generateKeyPair();
    byte[] der = planted.getPrivate().getEncoded();
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END PRIVATE KEY-----\n";
    List<String> shown = new ArrayList<>();

    // when it is loaded, signs, and cannot be unwrapped elsewhere
    try (SharedKeys keys = builder().loading(SigningKey.ofPem(pem)).start()) {
      shown.add(keys.toString() + keys.signing() + keys.jwks() + keys.jwks().json());
      shown.add(issued(keys).toString());
      shown.add(dump());
    }
    SharedKeys.Builder elsewhere =
        SharedKeys.builder(storage().signingKeys(), KeyWrapping.of("1", new byte[32])).clock(clock);
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(elsewhere::start)
        .satisfies(thrown -> shown.add(thrown + " " + thrown.getCause()));
    logged.texts().forEach(shown::add);

    // then
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) planted.getPrivate();
    byte[] prime = key.getPrimeP().toByteArray();
    assertThat(shown).hasSizeGreaterThan(4);
    assertThat(String.join("\n", shown))
        .doesNotContain(
            pem.lines().skip(3).findFirst().orElseThrow(),
            HexFormat.of().formatHex(prime, 10, 40),
            key.getPrimeP().toString(),
            key.getPrivateExponent().toString(),
            HexFormat.of().formatHex(secret),
            Base64.getEncoder().encodeToString(secret));
  }

  private String dump() throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select k::text from auth.signing_keys k")) {
      while (rows.next()) {
        text.append(rows.getString(1));
      }
    }
    assertThat(text).isNotEmpty();
    return text.toString();
  }

  private SharedKeys started() {
    return builder().start();
  }

  private SharedKeys.Builder builder() {
    return SharedKeys.builder(storage().signingKeys(), KeyWrapping.of("1", secret)).clock(clock);
  }

  private PostgresStorage storage() {
    return PostgresStorage.builder(dataSource).schemas(NAMES).clock(clock).build();
  }

  private AccessTokens tokens(SharedKeys keys) {
    return AccessTokens.of(keys, TokenOptions.DEFAULT, clock);
  }

  private AccessToken issued(SharedKeys keys) {
    return tokens(keys).issue(UUID.randomUUID(), "ana@example.com", UUID.randomUUID());
  }
}
