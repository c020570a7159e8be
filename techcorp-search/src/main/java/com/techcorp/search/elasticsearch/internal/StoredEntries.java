package com.techcorp.search.elasticsearch.internal;

import static com.techcorp.search.elasticsearch.internal.Json.object;

import com.techcorp.search.spi.StoredEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and counts what a target has, and purges tombstones. Thread-safe. */
public final class StoredEntries {
  private static final int READ_AT_ONCE = 500;
  private static final int SCANNED_AT_ONCE = 1_000;
  private static final int PURGED_AT_ONCE = 1_000;
  private static final int DELETED = 200;
  private static final String INDEX_MISSING = "index_not_found_exception";

  private final EngineCalls calls;
  private final Targets targets;

  /**
   * Sends nothing yet.
   *
   * @param calls the way to the server
   * @param targets the targets
   */
  public StoredEntries(EngineCalls calls, Targets targets) {
    this.calls = calls;
    this.targets = targets;
  }

  /**
   * Reads products, also what no refresh has made visible yet.
   *
   * @param target a target
   * @param products which
   * @return by product
   */
  public Map<UUID, StoredEntry> read(String target, Collection<UUID> products) {
    targets.require(target);
    List<UUID> wanted = List.copyOf(products);
    Map<UUID, StoredEntry> entries = new HashMap<>();
    for (int from = 0; from < wanted.size(); from += READ_AT_ONCE) {
      readSome(target, wanted.subList(from, Math.min(wanted.size(), from + READ_AT_ONCE)), entries);
    }
    return entries;
  }

  private void readSome(String target, List<UUID> products, Map<UUID, StoredEntry> entries) {
    List<String> ids = products.stream().map(UUID::toString).toList();
    EngineReply reply =
        Targets.existing(
            calls.send(
                EngineRequest.of("POST", "/" + target + "/_mget").withBody(object("ids", ids))));
    for (Fields each : reply.fields().objects("docs")) {
      if (each.get("error") instanceof Fields error) {
        if (INDEX_MISSING.equals(error.textOrNull("type"))) {
          throw Targets.missing();
        }
        throw new MalformedReplyException();
      }
      if (each.isTrue("found")) {
        StoredEntry entry = entry(each);
        entries.put(entry.product(), entry);
      }
    }
  }

  private static StoredEntry entry(Fields found) {
    UUID product = id(found);
    String source = found.text("_source");
    boolean tombstone = TombstoneJson.isTombstone(product, source);
    return new StoredEntry(product, found.number("_version"), tombstone ? null : source);
  }

  private static UUID id(Fields found) {
    try {
      return UUID.fromString(found.text("_id"));
    } catch (IllegalArgumentException e) {
      throw new MalformedReplyException();
    }
  }

  /**
   * Lists entries by id.
   *
   * @param target a target
   * @param after the product behind which the page begins; null: from the beginning
   * @param limit how many at the most
   * @return as of the last refresh
   */
  public List<StoredEntry> scan(String target, @Nullable UUID after, int limit) {
    targets.require(target);
    List<StoredEntry> entries = new ArrayList<>();
    @Nullable UUID last = after;
    while (entries.size() < limit) {
      int size = Math.min(SCANNED_AT_ONCE, limit - entries.size());
      List<StoredEntry> page = page(target, last, size);
      entries.addAll(page);
      if (page.size() < size) {
        break;
      }
      last = page.get(size - 1).product();
    }
    return entries;
  }

  private List<StoredEntry> page(String target, @Nullable UUID after, int size) {
    Map<String, Object> body =
        object(
            "sort",
            List.of(object(FieldNames.ID, "asc")),
            "size",
            size,
            "version",
            true,
            "track_total_hits",
            false);
    if (after != null) {
      body.put("search_after", List.of(after.toString()));
    }
    return search(target, body).stream().map(StoredEntries::entry).toList();
  }

  private List<Fields> search(String target, Map<String, Object> body) {
    EngineRequest request =
        EngineRequest.of("POST", "/" + target + "/_search")
            .with("allow_partial_search_results", "false")
            .withBody(body);
    return SearchReply.whole(Targets.existing(calls.send(request))).object("hits").objects("hits");
  }

  /**
   * Counts products.
   *
   * @param target a target
   * @return how many, tombstones left out
   */
  public long count(String target) {
    EngineRequest request =
        EngineRequest.of("POST", "/" + targets.require(target) + "/_count")
            .withBody(object("query", IndexDefinition.productsOnly()));
    Fields reply = Targets.existing(calls.send(request)).fields();
    SearchReply.requireAllShards(reply);
    return reply.number("count");
  }

  /**
   * Makes visible what was written.
   *
   * @param target a target
   */
  public void refresh(String target) {
    EngineRequest request = EngineRequest.of("POST", "/" + targets.require(target) + "/_refresh");
    SearchReply.requireAllShards(Targets.existing(calls.send(request)).fields());
  }

  /**
   * Deletes old tombstones. Each is deleted only as it was found, so that a later write stays.
   *
   * @param target a target
   * @param deletedBefore those that were found to be gone before this time
   * @param limit how many at the most
   * @return how many
   */
  public int purgeTombstones(String target, Instant deletedBefore, int limit) {
    targets.require(target);
    int purged = 0;
    int asked = 0;
    while (asked < limit) {
      int size = Math.min(PURGED_AT_ONCE, limit - asked);
      List<Fields> found = tombstones(target, deletedBefore, size);
      int deleted = found.isEmpty() ? 0 : delete(target, found);
      purged += deleted;
      asked += size;
      if (found.size() < size || deleted == 0) {
        break;
      }
      if (asked < limit) {
        refresh(target); // else the same are found again
      }
    }
    return purged;
  }

  private List<Fields> tombstones(String target, Instant deletedBefore, int size) {
    String before = deletedBefore.toString();
    return search(
        target,
        object(
            "query",
            object("range", object(FieldNames.DELETED_AT, object("lt", before))),
            "size",
            size,
            "seq_no_primary_term",
            true,
            "_source",
            false));
  }

  private int delete(String target, List<Fields> found) {
    BulkBody body = new BulkBody();
    for (Fields each : found) {
      body.delete(each.text("_id"), each.number("_seq_no"), each.number("_primary_term"));
    }
    EngineReply reply = calls.send(body.request(Targets.writeAlias(target)));
    int deleted = 0;
    for (Fields item : Targets.existing(reply).fields().objects("items")) {
      if (item.object("delete").number("status") == DELETED) {
        deleted++;
      }
    }
    return deleted;
  }
}
