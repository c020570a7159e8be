package com.techcorp.catalog;

import com.techcorp.error.InvalidInputException;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.OutboxEffect;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Builds the event that tells keepers of product copies, such as a search index, about a change.
 * Products are the host's, so the host says so, in the transaction that changes the product: both
 * or neither happen. Stock is the library's: {@link #STOCK} is published without the host.
 *
 * <pre>{@code
 * storage.within(connection).publish(ProductUpdates.updated(productId, List.of("price")));
 * }</pre>
 *
 * <p>The event holds no value: who gets it reads the product as it is by then. So it does not
 * matter in which order two of them arrive, nor that one arrives twice.
 */
public final class ProductUpdates {
  /** The event's type and routing key. */
  public static final String ROUTING_KEY = "product.updated";

  /** The type of a product's {@link EventStream}. */
  public static final String STREAM = "product";

  /**
   * Names the change that the library itself publishes: a product is sold out, or can be had again.
   * No other change of its stock is published.
   */
  public static final String STOCK = "stock";

  private static final int MAX_NAME = 100;

  private ProductUpdates() {}

  /**
   * Returns the event of a change, or of a deletion. The events of a product have no order.
   *
   * @param productId the product
   * @param changes names of what changed, such as {@code price}; empty: anything
   * @return what to commit with the change; each call gives a new event
   * @throws InvalidInputException if a name is blank or longer than 100 characters
   */
  public static OutboxEffect.Publish updated(UUID productId, Collection<String> changes) {
    List<String> names = List.copyOf(new TreeSet<>(changes));
    for (String name : names) {
      if (name.isBlank() || name.length() > MAX_NAME) {
        throw new InvalidInputException(
            "changes", "a name must have 1 to " + MAX_NAME + " characters");
      }
    }
    JsonObject facts =
        JsonObject.builder().put("product_id", productId).putTexts("changes", names).build();
    return OutboxEffect.Publish.unordered(new EventStream(STREAM, productId), ROUTING_KEY, facts);
  }
}
