package com.techcorp.redis.internal;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.util.List;
import java.util.function.Consumer;

/**
 * Goes through the names of all keys under a prefix, on each master, in batches. Redis may name a
 * key twice that was there all the time, and names none twice in one batch.
 */
final class KeyScan {
  private final RedisServers servers;
  private final ScanArgs args;
  private final int size;

  /**
   * For keys whose names begin like this.
   *
   * @param prefix without what a pattern of Redis's has a meaning for
   * @param size of a batch at the most
   */
  KeyScan(RedisServers servers, String prefix, int size) {
    this.servers = servers;
    this.args = ScanArgs.Builder.limit(size).match(prefix + "*");
    this.size = size;
  }

  /**
   * Shows all names, batch by batch.
   *
   * @throws com.techcorp.error.UnavailableException if a master cannot be read
   */
  void forEachBatch(Consumer<List<String>> action) {
    servers.forEachMaster(master -> scan(master, action), servers.deadline());
  }

  private void scan(NodeConnection master, Consumer<List<String>> action) {
    ScanCursor cursor = ScanCursor.INITIAL;
    while (!cursor.isFinished()) {
      KeyScanCursor<String> page = page(master, cursor);
      List<String> keys = page.getKeys(); // may be more than was asked for
      for (int from = 0; from < keys.size(); from += size) {
        action.accept(keys.subList(from, Math.min(from + size, keys.size())));
      }
      cursor = page;
    }
  }

  private KeyScanCursor<String> page(NodeConnection master, ScanCursor cursor) {
    Deadline deadline = servers.deadline();
    return Replies.await(master.open(deadline).connection().async().scan(cursor, args), deadline);
  }
}
