package com.techcorp.search.elasticsearch.internal;

import com.techcorp.search.SearchUnavailableException;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.StoredEntry;
import com.techcorp.search.spi.WriteResult;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes in bulk requests of a bounded size, and looks at the status of each item: that of the
 * whole request says nothing about them. Thread-safe.
 */
public final class BulkWrites {
  private static final int TRIES_AFTER_PURGE = 10;
  private static final long PAUSE_AFTER_PURGE_MILLIS = 100;

  private final EngineCalls calls;
  private final Targets targets;
  private final StoredEntries entries;

  /**
   * Sends nothing yet.
   *
   * @param calls the way to the server
   * @param targets the targets
   * @param entries reads what conflicts
   */
  public BulkWrites(EngineCalls calls, Targets targets, StoredEntries entries) {
    this.calls = calls;
    this.targets = targets;
    this.entries = entries;
  }

  /** A write and its document; what came of it follows. */
  private static final class Item {
    private final IndexWrite write;
    private final byte[] document;
    private @Nullable WriteResult result;

    /** Whether the engine had a higher or equal version. */
    private boolean conflict;

    Item(IndexWrite write, byte[] document) {
      this.write = write;
      this.document = document;
    }
  }

  /**
   * Writes to a target.
   *
   * @param target a target
   * @param writes each product at most once
   * @return one result for each, in the same order
   */
  public List<WriteResult> write(String target, List<? extends IndexWrite> writes) {
    requireDistinct(writes);
    targets.require(target);
    List<Item> items = writes.stream().map(BulkWrites::item).toList();
    List<Item> open = items.stream().filter(item -> item.result == null).toList();
    for (int tries = 1; !open.isEmpty(); tries++) {
      send(target, open);
      open = settleConflicts(target, open, tries);
    }
    return items.stream().map(BulkWrites::result).toList();
  }

  private static void requireDistinct(List<? extends IndexWrite> writes) {
    Set<UUID> products = new HashSet<>();
    for (IndexWrite write : writes) {
      if (!products.add(write.product())) {
        throw new IllegalArgumentException("each product must be written at most once in a call");
      }
    }
  }

  private static Item item(IndexWrite write) {
    String json =
        write instanceof IndexWrite.Put put
            ? put.document().json()
            : TombstoneJson.of((IndexWrite.Tombstone) write);
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
      byte[] document = new byte[bytes.remaining()];
      bytes.get(document);
      return new Item(write, document);
    } catch (CharacterCodingException e) {
      Item item = new Item(write, new byte[0]);
      item.result = new WriteResult.Refused("a text of it has half a character (a lone surrogate)");
      return item;
    }
  }

  private static WriteResult result(Item item) {
    WriteResult result = item.result;
    if (result == null) {
      throw new IllegalStateException("a write has no result");
    }
    return result;
  }

  private void send(String target, List<Item> items) {
    List<Item> bulk = new ArrayList<>();
    long bytes = 0;
    for (Item item : items) {
      if (!bulk.isEmpty() && bytes + item.document.length > calls.options().bulkBytes()) {
        sendBulk(target, bulk);
        bulk = new ArrayList<>();
        bytes = 0;
      }
      bulk.add(item);
      bytes += item.document.length;
    }
    sendBulk(target, bulk);
  }

  private void sendBulk(String target, List<Item> items) {
    BulkBody body = new BulkBody();
    for (Item item : items) {
      body.index(item.write.product().toString(), item.write.version(), item.document);
    }
    EngineReply reply =
        calls.sendToBusy(
            body.request(Targets.writeAlias(target)), calls.options().requestTimeout());
    switch (reply.status()) {
      case 429 ->
          items.forEach(
              item -> item.result = new WriteResult.Busy("the engine has too much to do"));
      case 400, 413 -> sendHalves(target, items); // the request as a whole
      default -> readItems(Targets.existing(reply), items);
    }
  }

  /** Finds what the engine does not take, so that it holds up nothing else. */
  private void sendHalves(String target, List<Item> items) {
    if (items.size() == 1) {
      items.get(0).result = new WriteResult.Refused("it is too large for the engine");
      return;
    }
    int half = items.size() / 2;
    sendBulk(target, items.subList(0, half));
    sendBulk(target, items.subList(half, items.size()));
  }

  private static void readItems(EngineReply reply, List<Item> items) {
    List<Fields> answers = reply.fields().objects("items");
    if (answers.size() != items.size()) {
      throw new MalformedReplyException();
    }
    for (int i = 0; i < items.size(); i++) {
      readItem(answers.get(i).object("index"), items.get(i));
    }
  }

  private static void readItem(Fields answer, Item item) {
    long status = answer.number("status");
    String error = String.valueOf(answer.objectOrEmpty("error").textOrNull("type"));
    item.conflict = status == 409;
    if (status == 200 || status == 201) {
      item.result = new WriteResult.Written();
    } else if (error.equals("cluster_block_exception")) {
      item.result =
          new WriteResult.Busy("the engine takes no writes, most likely because a disk is full");
    } else if (status == 429) {
      item.result = new WriteResult.Busy("the engine has too much to do");
    } else if (status == 404) {
      throw Targets.missing();
    } else if (status == 400 || status == 413) {
      item.result = new WriteResult.Refused(reason(error));
    } else if (status != 409) {
      throw new SearchUnavailableException(
          "Elasticsearch fails to write with status " + status + ": see its log");
    }
  }

  private static String reason(String error) {
    return switch (error) {
      case "strict_dynamic_mapping_exception" -> "it has a field that the index does not know";
      case "document_parsing_exception", "mapper_parsing_exception" ->
          "a value of it does not fit its field";
      default -> "the engine refuses it";
    };
  }

  /**
   * Finds the versions that writes conflict with.
   *
   * @return what conflicts with nothing: a tombstone that was purged a moment ago, whose version
   *     the engine remembers for some 200 ms
   */
  private List<Item> settleConflicts(String target, List<Item> sent, int tries) {
    Map<UUID, Item> conflicts = new LinkedHashMap<>();
    sent.stream().filter(i -> i.conflict).forEach(i -> conflicts.put(i.write.product(), i));
    if (conflicts.isEmpty()) {
      return List.of();
    }
    Map<UUID, StoredEntry> stored = entries.read(target, conflicts.keySet());
    stored.forEach(
        (product, entry) -> {
          Item item = conflicts.remove(product);
          if (item != null) {
            item.result = new WriteResult.Conflict(entry.version());
          }
        });
    List<Item> open = List.copyOf(conflicts.values());
    if (!open.isEmpty() && tries == TRIES_AFTER_PURGE) {
      open.forEach(item -> item.result = new WriteResult.Busy("it is being purged"));
      return List.of();
    }
    if (!open.isEmpty()) {
      pause();
    }
    return open;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_PURGE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SearchUnavailableException("The thread was interrupted while it waited");
    }
  }
}
