package com.techcorp.redis.internal;

import com.techcorp.redis.RedisOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads keys for a check, wherever in a Cluster they are. It writes nothing. */
final class KeyReader {
  private static final Script READ = Script.of("check_read");
  private static final Script EXISTS = Script.of("check_exists");

  /** Scripts that are sent at once. */
  private static final int MOST_AT_ONCE = 100;

  /** Bytes of a string: far more than a session may have. */
  private static final int LONGEST = 65_536;

  private final RedisServers servers;
  private final String prefix;
  private final int atOnce;

  KeyReader(RedisServers servers, RedisOptions options) {
    this.servers = servers;
    this.prefix = options.prefix();
    // Half: a reply leaves its place in the queue a moment after it can be read.
    this.atOnce = Math.max(1, Math.min(MOST_AT_ONCE, options.requestQueue() / 2));
  }

  /**
   * A key, or a field of it.
   *
   * @param key the key
   * @param field null: the key itself
   */
  record Place(String key, @Nullable String field) {}

  /** A page of a key. */
  private record Page(String key, KeyFamily family, String from) {}

  /** How many keys are read side by side. */
  int atOnce() {
    return atOnce;
  }

  /** Reads those keys that are ours and still there; of long ones, the first page. */
  List<StoredKey> read(List<String> names) {
    List<Page> pages = new ArrayList<>();
    for (String name : names) {
      KeyFamily.of(name, prefix)
          .ifPresent(family -> pages.add(new Page(name, family, StoredKey.WHOLE)));
    }
    return readPages(pages);
  }

  /** Reads the next page of those that have one. */
  List<StoredKey> readOn(List<StoredKey> read) {
    return readPages(
        read.stream()
            .filter(key -> !key.isWhole())
            .map(key -> new Page(key.name(), key.family(), key.next()))
            .toList());
  }

  /** Says of each place whether it is there. */
  List<Boolean> exist(List<Place> places) {
    return run(places.stream().map(KeyReader::existence).toList()).stream()
        .map(reply -> reply.is("1"))
        .toList();
  }

  private List<StoredKey> readPages(List<Page> pages) {
    String longest = Integer.toString(LONGEST);
    List<ScriptReply> replies =
        run(
            pages.stream()
                .map(page -> ScriptCall.of(READ, page.key(), page.from(), longest))
                .toList());
    List<StoredKey> keys = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      Optional<StoredKey> key =
          StoredKey.of(pages.get(i).key(), pages.get(i).family(), replies.get(i));
      key.ifPresent(keys::add);
    }
    return keys;
  }

  private static ScriptCall existence(Place place) {
    return place.field() == null
        ? ScriptCall.of(EXISTS, place.key())
        : ScriptCall.of(EXISTS, place.key(), place.field());
  }

  private List<ScriptReply> run(List<ScriptCall> calls) {
    List<ScriptReply> replies = new ArrayList<>();
    for (int from = 0; from < calls.size(); from += atOnce) {
      List<ScriptCall> some = calls.subList(from, Math.min(from + atOnce, calls.size()));
      replies.addAll(servers.runAll(some, servers.deadline()));
    }
    return replies;
  }
}
