package com.techcorp.cli;

import com.techcorp.auth.Session;
import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.SessionEvents;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.auth.spi.SessionTermination;
import com.techcorp.error.NotFoundException;
import com.techcorp.error.TechCorpException;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.redis.RedisCache;
import com.techcorp.storage.Effect;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * Lists a user's sessions in Redis and ends them, as the application does; see {@link
 * SessionTermination}. No token and no hash is printed.
 */
@Command(
    name = "sessions",
    mixinStandardHelpOptions = true,
    description = "Lists the sessions of a user, or ends them.")
final class SessionsCommand {
  /** More than the library's access tokens can have. */
  private static final Duration LONGEST_VALIDITY = Duration.ofDays(2);

  private final Map<String, String> env;

  @Spec private CommandSpec spec = CommandSpec.create();

  SessionsCommand(Map<String, String> env) {
    this.env = env;
  }

  /** A UUID; a wrong one is not repeated. */
  private static final class Id implements ITypeConverter<UUID> {
    @Override
    public UUID convert(String value) {
      try {
        return UUID.fromString(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "it needs an id such as 0191e3a0-0000-7000-8000-000000000000");
      }
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description =
          "Lists the sessions of a user, the oldest first, with what is known of each device.")
  int list(
      @Mixin CacheOptions redis,
      @Option(
              names = "--user-id",
              required = true,
              paramLabel = "ID",
              converter = Id.class,
              description = "The user whose sessions these are.")
          UUID userId) {
    try (RedisCache cache = redis.connected(env)) {
      List<Session> sessions = cache.sessions().list(userId);
      sessions.forEach(this::print);
      out().printf(Locale.ROOT, "%d sessions of user %s%n", sessions.size(), userId);
      return OperatorCommand.DONE;
    }
  }

  private void print(Session session) {
    out()
        .printf(
            Locale.ROOT,
            "%s from %s to %s: %s%n",
            session.id(),
            session.createdAt(),
            session.expiresAt(),
            Printable.of(session.deviceInfo()));
  }

  @Command(
      name = "end",
      mixinStandardHelpOptions = true,
      description = {
        "Ends sessions of a user: one, all, or all but one. First their access tokens are revoked,"
            + " then they end. Repeat it after exit code 1.",
        "With --url, the events session.ended are written to the outbox of that database."
      })
  int end(
      @Mixin CacheOptions redis,
      @Mixin DatabaseOptions database,
      @Option(
              names = "--user-id",
              required = true,
              paramLabel = "ID",
              converter = Id.class,
              description = "The user whose sessions these are.")
          UUID userId,
      @Option(
              names = "--session",
              paramLabel = "ID",
              converter = Id.class,
              description = "Ends this one.")
          @Nullable UUID one,
      @Option(names = "--all", description = "Ends all, also those of logins under way.")
          boolean all,
      @Option(
              names = "--all-but",
              paramLabel = "ID",
              converter = Id.class,
              description = "Ends all but this one.")
          @Nullable UUID kept,
      @Option(
              names = "--token-validity",
              defaultValue = "PT30M5S",
              converter = IsoDuration.class,
              description =
                  "How long an access token can be valid: its lifetime and the skew; default"
                      + " ${DEFAULT-VALUE}.")
          Duration tokenValidity) {
    if ((one == null ? 0 : 1) + (all ? 1 : 0) + (kept == null ? 0 : 1) != 1) {
      throw wrong("give one of --session, --all and --all-but");
    }
    if (tokenValidity.compareTo(LONGEST_VALIDITY) > 0) {
      throw wrong("--token-validity must be at most " + LONGEST_VALIDITY);
    }
    UnitOfWork outbox = database.isGiven() ? outbox(database) : null;
    try (RedisCache cache = redis.connected(env)) {
      SessionStore sessions = cache.sessions();
      SessionTermination termination =
          SessionTermination.of(sessions, cache.revocations(), tokenValidity);
      List<UUID> ended =
          one == null ? all(termination, sessions, userId, kept) : one(termination, userId, one);
      ended.forEach(id -> out().printf(Locale.ROOT, "session %s has ended%n", id));
      out()
          .printf(
              Locale.ROOT,
              "%d sessions of user %s have ended; their access tokens are revoked%n",
              ended.size(),
              userId);
      return outbox == null || published(outbox, userId, ended)
          ? OperatorCommand.DONE
          : OperatorCommand.FAILED;
    }
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(spec.subcommands().get("end"), problem);
  }

  private static List<UUID> one(SessionTermination termination, UUID userId, UUID sessionId) {
    if (!termination.endIfOf(userId, sessionId)) {
      throw notFound(userId, sessionId);
    }
    return List.of(sessionId);
  }

  private static List<UUID> all(
      SessionTermination termination, SessionStore sessions, UUID userId, @Nullable UUID kept) {
    if (kept != null && sessions.find(kept).filter(it -> it.userId().equals(userId)).isEmpty()) {
      throw notFound(userId, kept); // else a mistyped id would end the one that is to stay
    }
    return termination.endAll(userId, kept).stream().sorted().toList();
  }

  private static NotFoundException notFound(UUID userId, UUID sessionId) {
    return new NotFoundException("no session " + sessionId + " of user " + userId);
  }

  private UnitOfWork outbox(DatabaseOptions database) {
    return PostgresStorage.builder(database.dataSource(env))
        .schemas(database.schemas())
        .build()
        .unitOfWork();
  }

  /** The sessions have ended whether or not their events can be written. */
  private boolean published(UnitOfWork outbox, UUID userId, List<UUID> ended) {
    List<Effect> events = new ArrayList<>();
    for (UUID sessionId : ended) {
      events.add(SessionEvents.ended(userId, sessionId, SessionEndReason.ENDED_BY_OPERATOR));
    }
    try {
      if (!events.isEmpty()) {
        outbox.commit(null, List.of(new WriteSet(UUID.randomUUID(), events)));
      }
      return true;
    } catch (TechCorpException e) {
      spec.commandLine()
          .getErr()
          .println("the events session.ended are not written: " + e.getMessage());
      return false;
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
