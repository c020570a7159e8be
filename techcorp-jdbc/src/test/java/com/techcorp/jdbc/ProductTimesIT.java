package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a product of the default catalogue last changed. */
class ProductTimesIT {
  private static final Instant GIVEN = Instant.parse("2024-01-15T10:30:00Z");

  private static TestDatabase database;
  private static Jdbi sql;

  private final UUID product = UUID.randomUUID();

  @BeforeAll
  static void open() {
    database = TestDatabase.fresh();
    sql = Jdbi.create(database.pool());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private void insert(Instant updatedAt) {
    sql.useHandle(
        handle ->
            handle.execute(
                "insert into catalog.products (id, title, price, currency, updated_at)"
                    + " values (?, 'Basic Cotton T-Shirt', 8990, 'BRL', ?)",
                product,
                updatedAt));
  }

  private void update(String set) {
    sql.useHandle(
        handle -> handle.execute("update catalog.products set " + set + " where id = ?", product));
  }

  private Instant updatedAt() {
    return sql.withHandle(
        handle ->
            handle
                .createQuery("select updated_at from catalog.products where id = :id")
                .bind("id", product)
                .mapTo(Instant.class)
                .one());
  }

  @Test
  void aNewProductHasTheTimeThatItIsGiven() {
    insert(GIVEN);

    assertThat(updatedAt()).isEqualTo(GIVEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "title = 'Other'",
        "price = price + 1",
        "currency = 'EUR'",
        "version = version + 1",
        "document = '{\"brand\":\"techcorp-basics\"}'",
        "updated_at = updated_at - interval '1 day'"
      })
  void eachChangeRaisesIt(String change) {
    insert(GIVEN);

    update(change);

    assertThat(updatedAt()).isAfter(GIVEN);
  }

  @Test
  void anUpdateThatChangesNothingLeavesIt() {
    insert(GIVEN);

    update("price = price, title = title");

    assertThat(updatedAt()).isEqualTo(GIVEN);
  }

  @Test
  void itRisesAlsoIfItIsAheadOfTheClock() {
    Instant ahead = Instant.parse("2999-01-01T00:00:00Z");
    insert(ahead);

    update("price = price + 1");

    assertThat(updatedAt()).isEqualTo(ahead.plusNanos(1_000));
  }
}
