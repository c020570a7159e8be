package com.techcorp.search.internal;

import com.techcorp.search.CompareOptions;
import com.techcorp.search.CompareReport;
import com.techcorp.search.Difference;
import com.techcorp.search.Difference.Kind;
import com.techcorp.search.DocumentReader;
import com.techcorp.search.IndexResult;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductSource;
import com.techcorp.search.spi.Readings;
import com.techcorp.search.spi.SearchIndex;
import com.techcorp.search.spi.StoredEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the catalogue and a target side by side, and names what differs. What differs at
 * first sight is looked at again, past the last refresh, because it may have changed in between.
 */
final class Comparison {
  private static final int PAGE = 500;

  private final IndexWiring wiring;
  private final SearchIndex index;
  private final ProductSource source;
  private final Indexer indexer;

  Comparison(IndexWiring wiring, Indexer indexer) {
    this.wiring = wiring;
    this.index = wiring.index();
    this.source = wiring.source();
    this.indexer = indexer;
  }

  /** Compares a whole target. */
  CompareReport compare(String target, CompareOptions options) {
    Pace pace = new Pace(wiring.threads(), options.productsPerSecond());
    index.refresh(target);
    List<Difference> named = new ArrayList<>();
    long products = 0;
    long differing = 0;
    long repaired = 0;
    UUID after = null;
    boolean more = true;
    while (more) {
      Window window = window(target, after);
      List<Difference> differences = differences(target, window.products());
      differences.stream().limit(CompareReport.MOST_NAMED - named.size()).forEach(named::add);
      differing += differences.size();
      repaired += options.repair() ? repair(differences) : 0;
      products += window.inCatalogue();
      pace.done(window.products().size());
      after = window.last();
      more = window.more();
    }
    return new CompareReport(target, products, named, differing, repaired);
  }

  /** The products of either side in a range of ids that both sides have been read for. */
  private record Window(Set<UUID> products, int inCatalogue, @Nullable UUID last, boolean more) {}

  private Window window(String target, @Nullable UUID after) {
    List<UUID> ids = source.idsAfter(after, PAGE);
    List<UUID> indexed =
        index.scan(target, after, PAGE).stream().map(StoredEntry::product).toList();
    String end = earlier(ends(ids), ends(indexed));
    Map<String, UUID> products = new TreeMap<>();
    ids.forEach(id -> products.put(id.toString(), id));
    Set<UUID> inCatalogue = new HashSet<>(ids);
    indexed.forEach(id -> products.put(id.toString(), id));
    if (end != null) {
      products.keySet().removeIf(id -> id.compareTo(end) > 0);
    }
    inCatalogue.retainAll(products.values());
    UUID last = end == null ? null : UUID.fromString(end);
    return new Window(new HashSet<>(products.values()), inCatalogue.size(), last, end != null);
  }

  /** Returns where a full page ends; null if there is nothing behind it. */
  private static @Nullable String ends(List<UUID> page) {
    return page.size() < PAGE ? null : page.get(page.size() - 1).toString();
  }

  private static @Nullable String earlier(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** Names those of some products that differ, by id. */
  List<Difference> differences(String target, Collection<UUID> products) {
    Map<UUID, Difference> first = look(target, products);
    return List.copyOf(new TreeMap<>(byText(look(target, first.keySet()))).values());
  }

  private static Map<String, Difference> byText(Map<UUID, Difference> differences) {
    Map<String, Difference> byText = new HashMap<>();
    differences.forEach((id, difference) -> byText.put(id.toString(), difference));
    return byText;
  }

  private Map<UUID, Difference> look(String target, Collection<UUID> products) {
    if (products.isEmpty()) {
      return Map.of();
    }
    Map<UUID, StoredEntry> stored = index.read(target, products);
    Readings catalogue = Readings.of(products, source);
    Map<UUID, Difference> differences = new HashMap<>();
    for (UUID product : products) {
      StoredEntry entry = stored.get(product);
      Kind kind =
          catalogue.problems().containsKey(product)
              ? Kind.UNREADABLE
              : kind(catalogue.documents().get(product), entry == null ? null : entry.json());
      if (kind != null) {
        differences.put(product, new Difference(product, kind));
      }
    }
    return differences;
  }

  private @Nullable Kind kind(@Nullable ProductDocument document, @Nullable String stored) {
    if (document == null) {
      return stored == null ? null : Kind.SURPLUS;
    }
    if (stored == null) {
      return Kind.MISSING;
    }
    if (document.withDecimals(wiring.settings().decimals()).json().equals(stored)) {
      return null;
    }
    return DocumentReader.read(stored).updatedAt().isBefore(document.updatedAt())
        ? Kind.OLDER
        : Kind.DIFFERENT;
  }

  private long repair(List<Difference> differences) {
    List<UUID> products =
        differences.stream()
            .filter(difference -> difference.kind() != Kind.UNREADABLE)
            .map(Difference::product)
            .toList();
    return products.isEmpty()
        ? 0
        : indexer.index(products).values().stream()
            .filter(IndexResult.Indexed.class::isInstance)
            .count();
  }
}
