package com.techcorp.cli;

import com.techcorp.auth.Session;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.auth.spi.SessionTermination;
import com.techcorp.error.NotFoundException;
import com.techcorp.error.TechCorpException;
import com.techcorp.redis.RedisCache;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
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
    description = "Lists the sessions of a user, ends them, or writes the events of their end.")
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
            + " then they end. Repeat it if Redis did not answer.",
        "With --url, the events session.ended are written to the outbox of that database. If they"
            + " cannot be written, the sessions have ended all the same: 'events' writes them later."
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
    EndedSessionEvents events = database.isGiven() ? EndedSessionEvents.in(database, env) : null;
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
      return events == null || written(events, userId, ended)
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

  /** The sessions have ended whether or not their events can be written. */
  private boolean written(EndedSessionEvents events, UUID userId, List<UUID> ended) {
    try {
      events.write(userId, ended);
      return true;
    } catch (TechCorpException e) {
      String ids = ended.stream().map(UUID::toString).collect(Collectors.joining(","));
      err().println("the events session.ended are not written: " + e.getMessage());
      err()
          .printf(
              Locale.ROOT,
              "ending the sessions again does not write them; write them with:"
                  + " sessions events --user-id %s --session %s --url ...%n",
              userId,
              ids);
      return false;
    }
  }

  @Command(
      name = "events",
      mixinStandardHelpOptions = true,
      description = {
        "Writes the events session.ended of sessions that 'end' has ended, if it could not write"
            + " them. Each time it is run, it writes them."
      })
  int events(
      @Mixin CacheOptions redis,
      @Mixin DatabaseOptions database,
      @Option(
              names = "--user-id",
              required = true,
              paramLabel = "ID",
              converter = Id.class,
              description = "The user whose sessions these were.")
          UUID userId,
      @Option(
              names = "--session",
              required = true,
              paramLabel = "ID",
              split = ",",
              converter = Id.class,
              description = "The sessions that have ended, as 'end' has printed them.")
          List<UUID> ended) {
    EndedSessionEvents events = EndedSessionEvents.in(database, env);
    try (RedisCache cache = redis.connected(env)) {
      List<UUID> live = ended.stream().filter(id -> cache.sessions().find(id).isPresent()).toList();
      live.forEach(
          id -> err().printf(Locale.ROOT, "session %s has not ended: no event is written%n", id));
      if (!live.isEmpty()) {
        return OperatorCommand.FAILED;
      }
      events.write(userId, ended);
      out().printf(Locale.ROOT, "%d events session.ended are written%n", ended.size());
      return OperatorCommand.DONE;
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
