package com.techcorp.servers.elasticsearch;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The prefixes under which the tests of this JVM keep what is theirs on a server. Thread-safe. */
final class IndexPrefixes {
  private final ElasticsearchCalls calls;
  private final Set<String> created = ConcurrentHashMap.newKeySet();

  IndexPrefixes(ElasticsearchCalls calls) {
    this.calls = calls;
  }

  String create() {
    String prefix = "techcorp-" + UUID.randomUUID().toString().replace("-", "") + "-";
    created.add(prefix);
    return prefix;
  }

  void delete(String prefix) {
    // A server may refuse to delete by a pattern (action.destructive_requires_name).
    String indices =
        calls
            .send("GET", "/_cat/indices/" + prefix + "*?h=index&expand_wildcards=all")
            .required("list indices")
            .strip()
            .replaceAll("\\s+", ",");
    if (!indices.isEmpty()) {
      calls.send("DELETE", "/" + indices).requiredIfFound("delete indices");
    }
    for (String kind : new String[] {"_index_template", "_component_template"}) {
      calls.send("DELETE", "/" + kind + "/" + prefix + "*").requiredIfFound("delete templates");
    }
    created.remove(prefix);
  }

  /**
   * Deletes what was made here and still exists, when this JVM ends and the server outlives it.
   * Says it when the server does not let it.
   */
  void deleteAll() {
    try {
      Set.copyOf(created).forEach(this::delete);
    } catch (IllegalStateException e) {
      System.err.println("Indices of the tests may stay behind: " + e.getMessage());
    }
  }
}
