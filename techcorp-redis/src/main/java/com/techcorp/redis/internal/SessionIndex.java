package com.techcorp.redis.internal;

import com.techcorp.auth.spi.NewSession;
import com.techcorp.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sessions a user has: one key for each user. It never lacks a session that lives, since each
 * change is one script. It may have more: who finds an entry without its session removes it.
 */
final class SessionIndex {
  private static final Logger LOG = LoggerFactory.getLogger(SessionIndex.class);

  private static final Script EPOCH = Script.of("index_epoch");
  private static final Script ADD = Script.of("index", "index_add");
  private static final Script LIST = Script.of("index", "index_list");
  private static final Script END_ALL = Script.of("index", "index_end_all");
  private static final Script REMOVE = Script.of("index", "index_remove");

  private final RedisServers servers;
  private final String prefix;

  SessionIndex(RedisServers servers, String prefix) {
    this.servers = servers;
    this.prefix = prefix + "user_sessions:";
  }

  /** A session, and whether it is being ended. */
  record Entry(UUID id, boolean ending) {}

  /** What became of a new entry. */
  enum Added {
    ADDED,
    /** Nothing was changed: the oldest ones would have to make room. */
    FULL,
    OVERTAKEN
  }

  /**
   * What became of a new entry.
   *
   * @param result what
   * @param ending sessions that must be ended now
   */
  record Addition(Added result, List<UUID> ending) {}

  String epoch(UUID user, Deadline deadline) {
    return servers.run(ScriptCall.of(EPOCH, key(user)), deadline).text(0);
  }

  /**
   * Adds a session.
   *
   * @param epoch when its login began
   * @param most how many may be there
   * @param makeRoom whether the oldest ones are marked if there are too many
   * @param unconfirmed how long it may take until it is confirmed
   */
  Addition add(
      NewSession session,
      String epoch,
      int most,
      boolean makeRoom,
      Duration unconfirmed,
      Deadline deadline) {
    long kept = session.lifetime().plus(unconfirmed).toMillis();
    ScriptReply reply =
        servers.run(
            ScriptCall.of(
                ADD,
                key(session.userId()),
                epoch,
                session.id().toString(),
                Long.toString(kept),
                Integer.toString(most),
                makeRoom ? "1" : "0"),
            deadline);
    return new Addition(Added.valueOf(reply.word()), ids(reply.texts().stream()));
  }

  /** All entries, the oldest first. */
  List<Entry> list(UUID user, Deadline deadline) {
    return entries(servers.run(ScriptCall.of(LIST, key(user)), deadline));
  }

  /**
   * Begins to end all sessions: no login that is under way gets one any more.
   *
   * @return those that must be ended now, each with whether an earlier call had begun it
   */
  List<Entry> beginToEndAll(UUID user, @Nullable UUID except, Deadline deadline) {
    String epoch = UUID.randomUUID().toString();
    String spared = except == null ? "" : except.toString();
    return entries(
        servers.runConfirmed(ScriptCall.of(END_ALL, key(user), epoch, spared), deadline));
  }

  /** Removes entries whose sessions are gone. If it fails, somebody else will find them. */
  void remove(UUID user, List<UUID> gone, Deadline deadline) {
    if (gone.isEmpty()) {
      return;
    }
    try {
      String[] ids = gone.stream().map(UUID::toString).toArray(String[]::new);
      servers.run(ScriptCall.of(REMOVE, key(user), ids), deadline);
    } catch (UnavailableException e) {
      LOG.debug("Entries of sessions that are gone stay for now", e);
    }
  }

  private String key(UUID user) {
    return prefix + user;
  }

  private static List<Entry> entries(ScriptReply reply) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i < reply.size(); i += 2) {
      boolean ending = reply.text(i + 1).equals("E");
      for (UUID id : ids(Stream.of(reply.text(i)))) {
        entries.add(new Entry(id, ending));
      }
    }
    return entries;
  }

  /** What is no id is an entry that nobody of ours wrote; it expires. */
  private static List<UUID> ids(Stream<String> texts) {
    return texts
        .flatMap(
            text -> {
              try {
                return Stream.of(UUID.fromString(text));
              } catch (IllegalArgumentException e) {
                return Stream.empty();
              }
            })
        .toList();
  }
}
