package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.StockDrift;
import com.techcorp.inventory.DriftReport;
import com.techcorp.inventory.InProcessStockCounter;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.servers.postgres.PostgresOptions;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.WriteSet;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Versions of stock stay in order although a fail-over lost the last commits. */
@Tag("slow")
class StockVersionsIT {
  private final Path primary = directory("primary");
  private final Path standby = directory("standby");
  private final StockCounter counter = new InProcessStockCounter();
  private final UUID changing = UuidCreator.getTimeOrderedEpoch();
  private final UUID resting = UuidCreator.getTimeOrderedEpoch();

  @AfterEach
  void removeDirectories() {
    for (Path directory : List.of(primary, standby)) {
      try (Stream<Path> all = Files.walk(directory)) {
        all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Path directory(String name) {
    try {
      return Files.createTempDirectory("techcorp-" + name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A standby that has received everything up to now. */
  private void standbyIsUpToDate() throws IOException {
    try (Stream<Path> all = Files.walk(primary)) {
      for (Path from : (Iterable<Path>) all::iterator) {
        Path to = standby.resolve(primary.relativize(from));
        if (!from.equals(primary)) {
          Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private StockCount change(PostgresStorage storage, UUID product, long units) {
    CommitResult result =
        storage
            .countingUnitOfWork(counter::write)
            .commit(
                null,
                List.of(
                    WriteSet.of(
                        UUID.randomUUID(),
                        new StockEffect.Restock(product, units, MovementType.RECEIPT))))
            .get(0);
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
    return stock(storage, product);
  }

  private static StockCount stock(PostgresStorage storage, UUID product) {
    return storage.stock().counts(List.of(product)).get(product);
  }

  private StockCount counted(UUID product) {
    return counter.read(List.of(product)).get(product);
  }

  @Test
  void aPromotionThatLostCommitsContinuesWithHigherVersions() throws IOException {
    // given: two products on the primary and on its standby
    PostgresOptions onPrimary = PostgresOptions.DEFAULT.withDirectory(primary);
    String database;
    try (PostgresServer server = PostgresServer.start(onPrimary)) {
      database = server.createDatabase();
      try (HikariDataSource pool = TestDatabase.pool(server, database, 2)) {
        PostgresStorage.migrate(pool);
        change(PostgresStorage.on(pool), changing, 10);
        change(PostgresStorage.on(pool), resting, 10);
      }
    }
    standbyIsUpToDate();

    // and: the primary's last commits, which reach the counters and not the standby
    StockCount lost;
    StockCount lostOfResting;
    try (PostgresServer server = PostgresServer.start(onPrimary);
        HikariDataSource pool = TestDatabase.pool(server, database, 2)) {
      PostgresStorage storage = PostgresStorage.on(pool);
      lostOfResting = change(storage, resting, 5);
      change(storage, changing, 1);
      change(storage, changing, 1);
      lost = change(storage, changing, 1);
    }
    assertThat(counted(changing)).isEqualTo(lost);

    // when
    Files.createFile(standby.resolve("data").resolve("recovery.signal"));
    try (PostgresServer server =
            PostgresServer.start(
                PostgresOptions.DEFAULT
                    .withDirectory(standby)
                    .withSetting("restore_command", "false")
                    .withSetting("hot_standby", "off"));
        HikariDataSource pool = TestDatabase.pool(server, database, 2)) {
      PostgresStorage storage = PostgresStorage.on(pool);
      StockCount restored = stock(storage, resting);

      // then: the next change is newer than what was lost
      StockCount next = change(storage, changing, 2);
      assertThat(next.available()).isEqualTo(12);
      assertThat(next.version()).isGreaterThan(lost.version());
      assertThat(counted(changing)).isEqualTo(next);

      // and: what has not changed since is found and repaired
      assertThat(restored.available()).isEqualTo(10);
      assertThat(counted(resting).available()).isEqualTo(15);
      DriftReport before = StockDrift.between(storage.stock(), counter).repair();
      assertThat(before.differences())
          .containsExactly(
              new DriftReport.Difference(DriftReport.Kind.BEHIND, lostOfResting, restored));
      assertThat(counted(resting)).isEqualTo(restored);

      // and: its next change comes after the repair
      StockCount later = change(storage, resting, 1);
      assertThat(later.version()).isGreaterThan(restored.version());
      assertThat(counted(resting)).isEqualTo(later);
    }
  }
}
