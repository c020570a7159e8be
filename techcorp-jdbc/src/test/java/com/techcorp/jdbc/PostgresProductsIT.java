package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.contracts.ProductSourceContracts;
import com.techcorp.contracts.ProductSourceUnderTest;
import com.techcorp.json.JsonObject;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductSource;
import com.techcorp.search.UnreadableProductsException;
import com.techcorp.search.spi.IndexJournal.Reading;
import com.techcorp.search.spi.IndexJournal.Turn;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Products as they are to be found, from the default catalogue and stock. */
class PostgresProductsIT extends ProductSourceContracts {
  private static final SchemaNames NAMES = SchemaNames.DEFAULT.withHostTables().withSearchTables();

  private static final UUID MUG = UUID.fromString("f18d0c1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f");

  private static TestDatabase database;

  @BeforeAll
  static void opens() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void drops() {
    database.close();
  }

  @Override
  protected ProductSourceUnderTest open() {
    return new Catalogue(database.emptied());
  }

  private static PostgresStorage storage(TestDatabase on) {
    return PostgresStorage.builder(on.pool()).schemas(NAMES).build();
  }

  private record Catalogue(TestDatabase database) implements ProductSourceUnderTest {
    @Override
    public ProductSource source() {
      return storage(database).products(IndexOptions.DEFAULT);
    }

    private void row(UUID id, String title, long price, JsonObject document, Instant updatedAt) {
      Jdbi.create(database.pool())
          .useHandle(
              handle ->
                  handle.execute(
                      """
                      insert into catalog.products (id, title, price, currency, document, updated_at)
                      values (?, ?, ?, 'USD', ?::jsonb, ?)
                      on conflict (id) do update set title = excluded.title, price = excluded.price,
                        document = excluded.document, updated_at = excluded.updated_at
                      """,
                      id,
                      title,
                      price,
                      document.toString(),
                      updatedAt.atOffset(ZoneOffset.UTC)));
    }

    @Override
    public void put(ProductDocument product) {
      JsonObject.Builder document = JsonObject.builder();
      product.description().ifPresent(text -> document.put("description", text));
      product
          .originalPrice()
          .ifPresent(p -> document.put("original_price", p.unscaledValue().longValueExact()));
      product.category().ifPresent(name -> document.put("category", name));
      product.brand().ifPresent(name -> document.put("brand", name));
      JsonObject.Builder attributes = JsonObject.builder();
      product.attributes().forEach(attributes::putTexts);
      document.put("attributes", attributes.build());
      document.put("popularity_score", BigDecimal.valueOf(product.popularity()));
      row(
          product.id(),
          product.title(),
          product.price().unscaledValue().longValueExact(),
          document.build(),
          product.updatedAt());
      Jdbi.create(database.pool())
          .useHandle(
              handle ->
                  handle.execute(
                      """
                      insert into inventory.stock (product_id, available, reserved) values (?, ?, 0)
                      on conflict (product_id) do update set available = excluded.available
                      """,
                      product.id(),
                      product.inStock() ? 3 : 0));
    }

    @Override
    public void putUnreadable(UUID product) {
      row(product, " ", 5, JsonObject.EMPTY, Instant.now());
    }

    @Override
    public void remove(UUID product) {
      Jdbi.create(database.pool())
          .useHandle(
              handle -> handle.execute("delete from catalog.products where id = ?", product));
    }
  }

  @Test
  void refusesWhatTheIndexCannotHaveAndSaysWhy() {
    // given
    Catalogue catalogue = new Catalogue(database.emptied());
    JsonObject nested = JsonObject.parse("{\"attributes\":{\"size\":[{\"eu\":\"s\"}]}}");
    catalogue.row(MUG, "Mug", 500, nested, Instant.now());
    UUID euros = UUID.randomUUID();
    catalogue.row(euros, "Mug", 500, JsonObject.EMPTY, Instant.now());
    Jdbi.create(database.pool())
        .useHandle(
            h -> h.execute("update catalog.products set currency = 'EUR' where id = ?", euros));

    // when, then
    assertThatExceptionOfType(UnreadableProductsException.class)
        .isThrownBy(() -> catalogue.source().load(List.of(MUG, euros)))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .containsEntry(
                        MUG, "attributes: a value must be a text, a number, true or false")
                    .containsEntry(euros, "currency: the index's products are in USD"));
  }

  @Test
  void isReadOnTheConnectionThatHoldsTheTurn() {
    // given: a pool with a single connection
    Catalogue catalogue = new Catalogue(database.emptied());
    catalogue.row(MUG, "Mug", 500, JsonObject.EMPTY, Instant.parse("2024-01-15T10:30:00Z"));
    try (var one = TestDatabase.pool(database.url(), 1)) {
      PostgresStorage storage = PostgresStorage.builder(one).schemas(NAMES).build();

      // when
      Turn turn =
          storage
              .indexJournal()
              .turn("products", List.of(MUG), storage.products(IndexOptions.DEFAULT));

      // then
      assertThat(turn.products().values().stream().map(Reading::document))
          .singleElement()
          .asString()
          .contains("\"title\":\"Mug\",\"price\":5.00,\"in_stock\":false");
    }
  }
}
