package com.techcorp.search.spi;

import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductSource;
import com.techcorp.search.UnreadableProductsException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a source has of products, and of which it cannot make a document. A journal reads through
 * this once its turn has begun.
 *
 * @param documents the documents by product
 * @param problems what is wrong, by product
 */
public record Readings(Map<UUID, ProductDocument> documents, Map<UUID, String> problems) {
  /** Makes unmodifiable copies. */
  public Readings {
    documents = Map.copyOf(documents);
    problems = Map.copyOf(problems);
  }

  /**
   * Reads products.
   *
   * @param products which
   * @param source where; asked a second time if it cannot read some of them
   * @return what it has
   */
  public static Readings of(Collection<UUID> products, ProductSource source) {
    try {
      return new Readings(source.load(products), Map.of());
    } catch (UnreadableProductsException e) {
      Map<UUID, String> problems = new HashMap<>(e.problems());
      problems.keySet().retainAll(products);
      if (problems.isEmpty()) {
        throw e; // it names none that it was asked for: asking again would not end
      }
      List<UUID> rest = new ArrayList<>(products);
      rest.removeAll(problems.keySet());
      Readings others = of(rest, source);
      problems.putAll(others.problems());
      return new Readings(others.documents(), problems);
    }
  }

  /**
   * Returns a product with a version.
   *
   * @param product its id
   * @param version its version
   * @return the reading
   */
  public IndexJournal.Reading of(UUID product, long version) {
    return new IndexJournal.Reading(version, documents.get(product), problems.get(product));
  }
}
