package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.WriteSet;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Versions of stock where the server does not show which timeline its WAL is on. */
class HiddenWalIT {
  private static final long TIMELINE = 1L << 40;

  private final TestDatabase database = TestDatabase.unmigrated();
  private final UUID product = UUID.randomUUID();

  @AfterEach
  void close() {
    database.close();
  }

  private StockCount restock(long units) {
    PostgresStorage storage = PostgresStorage.on(database.pool());
    CommitResult result =
        storage
            .unitOfWork()
            .commit(
                null,
                List.of(
                    WriteSet.of(
                        UUID.randomUUID(),
                        new StockEffect.Restock(product, units, MovementType.RECEIPT))))
            .get(0);
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
    return storage.stock().counts(List.of(product)).get(product);
  }

  private void execute(String sql) {
    Jdbi.create(database.pool()).useHandle(handle -> handle.execute(sql));
  }

  @Test
  void aVersionBeginsWithTheTimeline() {
    PostgresStorage.migrate(database.pool());

    assertThat(restock(3).version()).isEqualTo(TIMELINE + 1);
    assertThat(restock(4)).isEqualTo(new StockCount(product, 7, TIMELINE + 2));
  }

  @Test
  void aServerWithoutTheFunctionsOfTheWalCountsTheChanges() {
    execute("alter function pg_catalog.pg_walfile_name(pg_lsn) rename to hidden");
    PostgresStorage.migrate(database.pool());

    assertThat(restock(3).version()).isEqualTo(1);
    assertThat(restock(4)).isEqualTo(new StockCount(product, 7, 2));
  }

  @Test
  void soDoesOneThatRefusesToAnswer() {
    execute(
        """
        alter function pg_catalog.pg_walfile_name(pg_lsn) rename to hidden;
        create function pg_catalog.pg_walfile_name(pg_lsn) returns text language plpgsql
          as $$ begin raise exception 'the WAL is not shown here' using errcode = '0A000'; end $$
        """);
    PostgresStorage.migrate(database.pool());

    assertThat(restock(3)).isEqualTo(new StockCount(product, 3, 1));
  }
}
