package com.techcorp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.redis.RedisCache;
import com.techcorp.redis.RedisOptions;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.servers.redis.RedisServer;
import com.techcorp.storage.WriteSet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;

/** Counters of a database's stock that are absent, behind and wrong. */
class StockCommandIT {
  private static final PostgresServer POSTGRES = PostgresServer.shared();
  private static final RedisServer REDIS = RedisServer.shared();

  private final String prefix = "test-" + UUID.randomUUID() + ":";
  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
  private String database = "";
  private String url = "";
  private RedisCache redis;

  @BeforeEach
  void open() {
    database = POSTGRES.createDatabase();
    url = POSTGRES.jdbcUrl(database);
    dataSource.setUrl(url);
    PostgresStorage.migrate(dataSource);
    redis = RedisCache.connect(REDIS.uri(), RedisOptions.DEFAULT.withPrefix(prefix));
  }

  @AfterEach
  void close() {
    redis.close();
    POSTGRES.dropDatabase(database);
  }

  private UUID stocked(long units) {
    UUID product = UUID.randomUUID();
    PostgresStorage.on(dataSource)
        .unitOfWork()
        .commit(
            null,
            List.of(
                WriteSet.of(
                    UUID.randomUUID(),
                    new StockEffect.Restock(product, units, MovementType.RECEIPT))));
    return product;
  }

  private StockCount stock(UUID product) {
    return PostgresStorage.on(dataSource).stock().counts(List.of(product)).get(product);
  }

  private Map<String, String> environment(String redisAddress) {
    Map<String, String> env = new HashMap<>(Map.of("TECHCORP_REDIS_URL", redisAddress));
    if (dataSource.getPassword() != null) {
      env.put("PGPASSWORD", dataSource.getPassword());
    }
    return env;
  }

  private String run(String... command) {
    return run(environment(REDIS.uri()), command);
  }

  /** The exit code, and all that was printed. */
  private static String run(Map<String, String> env, String... command) {
    StringWriter printed = new StringWriter();
    CommandLine line = OperatorCommand.commandLine(env);
    line.setOut(new PrintWriter(printed, true)).setErr(new PrintWriter(printed, true));
    int exit = line.execute(command);
    return exit + " " + printed;
  }

  private String stockCommand(String name) {
    return run("stock", name, "--url", url, "--key-prefix", prefix);
  }

  @Test
  void driftIsListedAndRepaired() {
    // given
    UUID absent = stocked(1);
    UUID behind = stocked(2);
    UUID wrong = stocked(3);
    UUID right = stocked(4);
    redis
        .counters()
        .write(
            List.of(
                new StockCount(behind, 9, 1),
                new StockCount(wrong, 9, Long.MAX_VALUE),
                stock(right)));

    // when, then
    assertThat(stockCommand("drift"))
        .startsWith("1 ")
        .contains("ABSENT " + absent, "BEHIND " + behind, "WRONG " + wrong)
        .contains("4 products: 1 counters absent, 1 behind, 1 wrong")
        .doesNotContain(right.toString());
    assertThat(redis.counters().read(List.of(absent))).as("only measured").isEmpty();
    assertThat(stockCommand("repair")).startsWith("0 ").contains("repaired");
    assertThat(stockCommand("drift")).startsWith("0 ").contains("0 counters absent, 0 behind");
    assertThat(redis.counters().read(List.of(wrong))).containsEntry(wrong, stock(wrong));
  }

  @Test
  void theCheckOfRedisFindsDriftInADatabaseThatIsGiven() {
    // given
    UUID behind = stocked(2);
    UUID right = stocked(4);
    redis.counters().write(List.of(new StockCount(behind, 9, 1), stock(right)));
    String[] check = {"check-redis", "--key-prefix", prefix, "--slack", "PT0S", "--url", url};

    // when, then
    assertThat(run(check))
        .startsWith("1 ")
        .contains("counter-equals-stock", "! BEHIND " + behind + " counter 9 at 1, stock 2 at ")
        .endsWith("6 rules checked: 1 violations\n");
    assertThat(run("check-redis", "--key-prefix", prefix)).startsWith("0 ");
    redis.counters().write(List.of(stock(behind)));
    assertThat(run(check)).startsWith("0 ").endsWith("6 rules checked: clean\n");
  }

  @Test
  void aDatabaseThatCannotBeReadIsNoViolation() {
    String away = "jdbc:postgresql://127.0.0.1:1/shop";

    assertThat(run("check-redis", "--key-prefix", prefix, "--url", away)).startsWith("2 ");
    assertThat(run("check-redis", "--key-prefix", prefix, "--url", "shop"))
        .startsWith("2 --url must begin with jdbc:postgresql:")
        .contains("Usage: techcorp check-redis");
    assertThat(run("check", "--url", away)).startsWith("2 ");
  }

  @Test
  void bothAddressesMustBeGiven() {
    assertThat(run("stock", "drift"))
        .startsWith("2 --url must name the database")
        .contains("Usage: techcorp stock drift");
    assertThat(run(Map.of(), "stock", "repair", "--url", url))
        .startsWith("2 TECHCORP_REDIS_URL must name Redis");
  }

  @Test
  void whatCannotBeReadIsNotTakenForADifference() {
    stocked(1);
    String away = "redis://ops:hunter2@127.0.0.1:1";

    assertThat(run(environment(away), "stock", "drift", "--url", url)).startsWith("2 ");
    assertThat(run(environment(away), "stock", "repair", "--url", url))
        .startsWith("1 ")
        .doesNotContain("hunter2");
  }
}
