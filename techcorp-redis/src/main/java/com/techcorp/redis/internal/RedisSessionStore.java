package com.techcorp.redis.internal;

import com.techcorp.auth.Session;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.Rotation;
import com.techcorp.auth.spi.RotationResult;
import com.techcorp.auth.spi.SessionCreation;
import com.techcorp.auth.spi.SessionEpoch;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.error.InvalidInputException;
import com.techcorp.error.UnavailableException;
import com.techcorp.redis.RedisOptions;
import com.techcorp.redis.internal.SessionIndex.Added;
import com.techcorp.redis.internal.SessionIndex.Addition;
import com.techcorp.redis.internal.SessionIndex.Entry;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions in Redis: one key for each session, and one for each user, which lists the sessions.
 *
 * <p>In a Cluster the two keys are on different servers, so no script changes both. A new session
 * is written unconfirmed, then listed, then confirmed. To end all sessions of a user, the list is
 * marked first, then each session ends, then the marks go. Whatever comes in between, a session
 * that is confirmed is listed, and a login that began before all sessions were ended finds its own
 * one gone, or the list's epoch changed.
 */
public final class RedisSessionStore implements SessionStore {
  /** How long a session may stay unconfirmed; no call lasts longer. */
  static final Duration UNCONFIRMED = Duration.ofSeconds(90);

  private static final Logger LOG = LoggerFactory.getLogger(RedisSessionStore.class);

  private static final Set<String> CONFIRMED = Set.of("ENDED", "UNREADABLE");
  private static final Set<String> WITH_UNCONFIRMED = Set.of("ENDED", "UNREADABLE", "UNCONFIRMED");

  private static final Script OPEN = Script.of("session_open");
  private static final Script CONFIRM = Script.of("session", "session_confirm");
  private static final Script FIND = Script.of("session", "session_find");
  private static final Script ROTATE = Script.of("session", "session_rotate");
  private static final Script END = Script.of("session", "session_end");

  private final RedisServers servers;
  private final String prefix;
  private final SessionIndex index;

  /**
   * For sessions that are shared by all processes with these servers and this prefix.
   *
   * @param servers where they are
   * @param options the prefix
   */
  public RedisSessionStore(RedisServers servers, RedisOptions options) {
    this.servers = servers;
    this.prefix = options.prefix() + "session:";
    this.index = new SessionIndex(servers, options.prefix());
  }

  @Override
  public SessionEpoch epoch(UUID userId) {
    return new SessionEpoch(index.epoch(userId, servers.deadline()));
  }

  @Override
  public SessionCreation create(NewSession session, SessionEpoch epoch, int most) {
    if (most < 1) {
      throw new InvalidInputException("most", "must be at least 1, was " + most);
    }
    Deadline deadline = servers.deadline();
    open(session, deadline);
    Addition addition = add(session, epoch, most, deadline);
    if (addition.result() == Added.OVERTAKEN) {
      end(session.userId(), List.of(session.id()), deadline);
      return new SessionCreation.Overtaken();
    }
    List<UUID> ended = end(session.userId(), addition.ending(), WITH_UNCONFIRMED, deadline);
    index.remove(session.userId(), addition.ending(), deadline);
    if (confirm(session, deadline)
        || epoch.value().equals(index.epoch(session.userId(), deadline))) {
      return new SessionCreation.Created(ended); // or it has made room for a newer one already
    }
    index.remove(session.userId(), List.of(session.id()), deadline);
    return new SessionCreation.Overtaken();
  }

  @Override
  public RotationResult rotate(Rotation rotation) {
    Deadline deadline = servers.deadline();
    Rotation.Successors successors = rotation.successors();
    ScriptReply reply =
        servers.run(
            ScriptCall.of(
                ROTATE,
                key(rotation.sessionId()),
                Integer.toString(rotation.generation()),
                successors.ofNext(),
                Integer.toString(successors.replacedGeneration()),
                successors.ofReplacement(),
                Long.toString(rotation.grace().toMillis()),
                rotation.lostReplies() ? "1" : "0"),
            deadline);
    return switch (reply.word()) {
      case "CURRENT" -> current(rotation.sessionId(), reply, deadline);
      case "EXPECTED" -> new RotationResult.Expected((int) reply.number(1));
      case "REUSED" -> reused(rotation.sessionId(), UUID.fromString(reply.text(1)), deadline);
      case "UNREADABLE" -> unreadable();
      default -> new RotationResult.Gone();
    };
  }

  @Override
  public Optional<Session> find(UUID sessionId) {
    Deadline deadline = servers.deadline();
    ScriptReply reply = servers.run(ScriptCall.of(FIND, key(sessionId)), deadline);
    return read(sessionId, reply, deadline);
  }

  @Override
  public List<Session> list(UUID userId) {
    Deadline deadline = servers.deadline();
    List<UUID> living = new ArrayList<>();
    List<UUID> ending = new ArrayList<>();
    for (Entry entry : index.list(userId, deadline)) {
      (entry.ending() ? ending : living).add(entry.id());
    }
    List<UUID> gone = new ArrayList<>(ending);
    List<Session> sessions = readAll(userId, living, gone, deadline);
    end(userId, ending, deadline); // somebody else has begun it
    index.remove(userId, gone, deadline);
    return sessions.stream().sorted(Comparator.comparing(Session::createdAt)).toList();
  }

  @Override
  public boolean end(UUID userId, UUID sessionId) {
    Deadline deadline = servers.deadline();
    boolean there = !end(userId, List.of(sessionId), deadline).isEmpty();
    index.remove(userId, List.of(sessionId), deadline);
    return there;
  }

  @Override
  public List<UUID> endAll(UUID userId, @Nullable UUID except) {
    Deadline deadline = servers.deadline();
    List<Entry> entries = index.beginToEndAll(userId, except, deadline);
    List<UUID> ids = entries.stream().map(Entry::id).toList();
    List<UUID> ended = new ArrayList<>(end(userId, ids, deadline));
    for (Entry entry : entries) {
      // An earlier call, which failed, may have ended it and told nobody.
      if (entry.ending() && !ended.contains(entry.id())) {
        ended.add(entry.id());
      }
    }
    index.remove(userId, ids, deadline);
    return ended;
  }

  private void open(NewSession session, Deadline deadline) {
    ScriptCall call =
        new ScriptCall(
            OPEN,
            List.of(key(session.id())),
            List.of(StoredSession.unconfirmed(session), bytes(UNCONFIRMED.toMillis())));
    if (servers.run(call, deadline).is("TAKEN")) {
      throw new InvalidInputException("id", "there is a session with this id");
    }
  }

  private Addition add(NewSession session, SessionEpoch epoch, int most, Deadline deadline) {
    Addition addition = index.add(session, epoch.value(), most, false, UNCONFIRMED, deadline);
    if (addition.result() != Added.FULL) {
      return addition;
    }
    removeWhatIsGone(session.userId(), deadline);
    return index.add(session, epoch.value(), most, true, UNCONFIRMED, deadline);
  }

  /** Before sessions make room: those that ended by themselves must not cost one that lives. */
  private void removeWhatIsGone(UUID user, Deadline deadline) {
    List<UUID> living =
        index.list(user, deadline).stream()
            .filter(entry -> !entry.ending())
            .map(Entry::id)
            .toList();
    List<UUID> gone = new ArrayList<>();
    readAll(user, living, gone, deadline);
    index.remove(user, gone, deadline);
  }

  private boolean confirm(NewSession session, Deadline deadline) {
    long lifetime = Math.max(1, session.lifetime().toMillis());
    return servers
        .run(ScriptCall.of(CONFIRM, key(session.id()), Long.toString(lifetime)), deadline)
        .is("CONFIRMED");
  }

  /** Ends sessions of a user, and returns those that were there and confirmed. */
  private List<UUID> end(UUID user, List<UUID> sessions, Deadline deadline) {
    return end(user, sessions, CONFIRMED, deadline);
  }

  /** Ends sessions of a user, and returns those with which one of these things happened. */
  private List<UUID> end(UUID user, List<UUID> sessions, Set<String> counted, Deadline deadline) {
    List<ScriptCall> calls =
        sessions.stream().map(id -> ScriptCall.of(END, key(id), user.toString())).toList();
    List<ScriptReply> replies = servers.runAllConfirmed(calls, deadline);
    List<UUID> ended = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      if (counted.contains(replies.get(i).word())) {
        ended.add(sessions.get(i));
      }
    }
    return ended;
  }

  /** Reads sessions of a user, and adds those to {@code gone} that are not there. */
  private List<Session> readAll(
      UUID user, List<UUID> sessions, List<UUID> gone, Deadline deadline) {
    List<ScriptReply> replies =
        servers.runAll(
            sessions.stream().map(id -> ScriptCall.of(FIND, key(id))).toList(), deadline);
    List<Session> found = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      UUID id = sessions.get(i);
      if (!replies.get(i).is("UNCONFIRMED")) { // neither there nor gone
        Optional<Session> session =
            read(id, replies.get(i), deadline).filter(each -> each.userId().equals(user));
        session.ifPresentOrElse(found::add, () -> gone.add(id));
      }
    }
    return found;
  }

  private Optional<Session> read(UUID id, ScriptReply reply, Deadline deadline) {
    if (reply.is("UNREADABLE")) {
      unreadable();
    }
    if (!reply.is("FOUND")) {
      return Optional.empty();
    }
    Optional<Session> session = StoredSession.found(id, reply);
    if (session.isEmpty()) {
      end(UUID.fromString(reply.text(1)), List.of(id), deadline);
      unreadable();
    }
    return session;
  }

  private RotationResult current(UUID id, ScriptReply reply, Deadline deadline) {
    UUID user = UUID.fromString(reply.text(1));
    try {
      Instant createdAt = Instant.parse(reply.text(2));
      return new RotationResult.Current(user, createdAt, (int) reply.number(3), reply.text(4));
    } catch (DateTimeException e) {
      end(user, List.of(id), deadline);
      return unreadable();
    }
  }

  /** The session has ended; a failure to say so for sure must not hide that it was stolen. */
  private RotationResult reused(UUID id, UUID user, Deadline deadline) {
    try {
      end(user, List.of(id), deadline);
    } catch (UnavailableException e) {
      LOG.warn(
          "A session ended because a token was used twice; a fail-over might revive it: {}",
          e.getMessage());
    }
    index.remove(user, List.of(id), deadline);
    return new RotationResult.Reused(user);
  }

  private static RotationResult unreadable() {
    LOG.warn("A stored session had an unknown form, and has ended");
    return new RotationResult.Unreadable();
  }

  private String key(UUID session) {
    return prefix + session;
  }

  private static byte[] bytes(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
