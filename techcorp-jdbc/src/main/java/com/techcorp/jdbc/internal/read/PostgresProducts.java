package com.techcorp.jdbc.internal.read;

import com.techcorp.error.InvalidInputException;
import com.techcorp.jdbc.internal.batch.Times;
import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.json.JsonObject;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductSource;
import com.techcorp.search.UnreadableProductsException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Products as they are to be found, from {@code catalog.products} and {@code inventory.stock}. */
public final class PostgresProducts implements ProductSource {
  private static final String PRODUCTS =
      """
      select p.id, p.title, p.price, p.currency, p.document, p.updated_at,
        coalesce(s.available > 0, false) as in_stock
      from unnest(:ids) i join ${catalog}.products p on p.id = i
        left join ${inventory}.stock s on s.product_id = p.id
      """;

  /** {@code uuid} values compare by their bytes, as their texts do. */
  private static final String IDS_AFTER =
      "select id from ${catalog}.products where id > :after order by id limit :limit";

  private static final String FIRST_IDS =
      "select id from ${catalog}.products order by id limit :limit";

  private final Transactions transactions;
  private final IndexOptions settings;

  public PostgresProducts(Transactions transactions, IndexOptions settings) {
    this.transactions = transactions;
    this.settings = settings;
  }

  @Override
  public Map<UUID, ProductDocument> load(Collection<UUID> ids) {
    return transactions.read(handle -> load(handle, ids));
  }

  /** Returns whether it reads the same database: then it can read in a transaction that is open. */
  boolean isOf(Transactions others) {
    return transactions.equals(others);
  }

  /** Reads products in a transaction that is open. */
  Map<UUID, ProductDocument> load(Handle handle, Collection<UUID> ids) {
    Map<UUID, ProductDocument> products = new HashMap<>();
    Map<UUID, String> problems = new HashMap<>();
    handle
        .createQuery(PRODUCTS)
        .bindArray("ids", UUID.class, ids.toArray())
        .map((row, context) -> read(row, products, problems))
        .list();
    if (!problems.isEmpty()) {
      throw new UnreadableProductsException(problems);
    }
    return products;
  }

  private UUID read(ResultSet row, Map<UUID, ProductDocument> products, Map<UUID, String> problems)
      throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    try {
      products.put(id, document(id, row));
    } catch (InvalidInputException | IllegalArgumentException e) {
      problems.put(id, String.valueOf(e.getMessage()));
    }
    return id;
  }

  private ProductDocument document(UUID id, ResultSet row) throws SQLException {
    String currency = settings.currency().getCurrencyCode();
    if (!currency.equals(row.getString("currency"))) {
      throw new InvalidInputException("currency", "the index's products are in " + currency);
    }
    JsonObject more = JsonObject.parse(row.getString("document"));
    ProductDocument.Builder product =
        ProductDocument.builder(
                id,
                row.getString("title"),
                BigDecimal.valueOf(row.getLong("price"), settings.decimals()),
                Times.instant(row, "updated_at"))
            .description(more.textOrNull("description"))
            .category(more.textOrNull("category"))
            .brand(more.textOrNull("brand"))
            .inStock(row.getBoolean("in_stock"));
    if (more.get("original_price") != null) {
      product.originalPrice(BigDecimal.valueOf(more.number("original_price"), settings.decimals()));
    }
    if (more.get("popularity_score") instanceof Number score) {
      product.popularity(score.doubleValue());
    }
    if (more.get("attributes") instanceof JsonObject attributes) {
      for (Map.Entry<String, @Nullable Object> attribute : attributes.entrySet()) {
        product.attribute(attribute.getKey(), values(attribute));
      }
    }
    return product.build();
  }

  private static List<String> values(Map.Entry<String, @Nullable Object> attribute) {
    if (!(attribute.getValue() instanceof List<?> elements)) {
      return List.of(text(attribute.getValue()));
    }
    List<String> values = new ArrayList<>(elements.size());
    elements.forEach(element -> values.add(text(element)));
    return values;
  }

  private static String text(@Nullable Object value) {
    if (value == null || value instanceof JsonObject || value instanceof List<?>) {
      throw new IllegalArgumentException(
          "attributes: a value must be a text, a number, true or false");
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  @Override
  public List<UUID> idsAfter(@Nullable UUID after, int limit) {
    return transactions.read(
        handle -> {
          var query = handle.createQuery(after == null ? FIRST_IDS : IDS_AFTER);
          return (after == null ? query : query.bind("after", after))
              .bind("limit", limit)
              .mapTo(UUID.class)
              .list();
        });
  }
}
