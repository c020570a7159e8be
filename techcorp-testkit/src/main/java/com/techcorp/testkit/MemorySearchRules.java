package com.techcorp.testkit;

import com.techcorp.error.InvalidInputException;
import com.techcorp.search.SearchRule;
import com.techcorp.search.SearchRules;
import com.techcorp.search.Synonym;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Synonyms and rules in memory. Thread-safe. */
public final class MemorySearchRules implements SearchRules {
  private final Map<String, Synonym> synonyms = new HashMap<>();
  private final Map<String, SearchRule> rules = new HashMap<>();
  private long version;

  /** Creates an empty set of synonyms and rules. */
  public MemorySearchRules() {}

  @Override
  public synchronized long version() {
    return version;
  }

  @Override
  public synchronized Contents contents() {
    return new Contents(version, List.copyOf(synonyms.values()), List.copyOf(rules.values()));
  }

  @Override
  public synchronized void put(Synonym synonym) {
    requireRoom("synonyms", synonyms, synonym.name(), MAX_SYNONYMS);
    synonyms.put(synonym.name(), synonym);
    version++;
  }

  @Override
  public synchronized boolean removeSynonym(String name) {
    return removed(synonyms.remove(name) != null);
  }

  @Override
  public synchronized void put(SearchRule rule) {
    requireRoom("rules", rules, rule.name(), MAX_RULES);
    rules.put(rule.name(), rule);
    version++;
  }

  @Override
  public synchronized boolean removeRule(String name) {
    return removed(rules.remove(name) != null);
  }

  private boolean removed(boolean wasThere) {
    version += wasThere ? 1 : 0;
    return wasThere;
  }

  private static void requireRoom(String field, Map<String, ?> kept, String name, int most) {
    if (kept.size() >= most && !kept.containsKey(name)) {
      throw new InvalidInputException(field, "there must be at most " + most);
    }
  }
}
