package com.techcorp.redis.internal;

import com.techcorp.error.UnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Lettuce throws, in this library's words. No message of Redis's is quoted: it names keys. */
final class RedisFaults {
  private static final Pattern CODE = Pattern.compile("([A-Z]{2,20})(?: .*)?", Pattern.DOTALL);
  private static final Set<String> LOGIN_CODES = Set.of("WRONGPASS", "NOAUTH", "NOPERM");
  private static final String NO_CLUSTER = "ERR This instance has cluster support disabled";
  private static final int DEPTH = 10;

  private RedisFaults() {}

  /** The first word of an error that Redis answered with, such as {@code NOSCRIPT}. */
  static String code(RedisCommandExecutionException error) {
    Matcher code = CODE.matcher(String.valueOf(error.getMessage()));
    return code.matches() ? code.group(1) : "ERR";
  }

  /** Says what a fault means for the caller. */
  static UnavailableException unavailable(Throwable fault) {
    Throwable cause = unwrapped(fault);
    if (cause instanceof UnavailableException unavailable) {
      return unavailable;
    }
    Optional<RedisCommandExecutionException> answer = answer(cause);
    if (answer.filter(RedisFaults::isLoginRefused).isPresent()) {
      return new MisconfiguredException(
          "Redis refuses user, password or permissions: " + code(answer.get()));
    }
    if (answer.filter(RedisFaults::isNoCluster).isPresent()) {
      return new MisconfiguredException(
          "the server is no node of a Cluster; its address must begin with redis:");
    }
    if (answer.isPresent()) {
      return new UnavailableException("Redis refused the command: " + code(answer.get()));
    }
    if (isTimeout(cause)) {
      return new NoReplyException();
    }
    if (isBeyondBound(String.valueOf(cause.getMessage()))) {
      return new UnavailableException("Too many requests wait for Redis; nothing was done");
    }
    return new UnavailableException(
        "Redis cannot be reached; what was asked for may have been done", cause);
  }

  /** Whether Lettuce has refused to send: of its waiting requests, or those without a reply. */
  private static boolean isBeyondBound(String message) {
    return message.contains("queue size exceeded")
        || message.contains("buffer size exceeded")
        || message.contains("stack size exceeded");
  }

  private static boolean isLoginRefused(RedisCommandExecutionException answer) {
    return LOGIN_CODES.contains(code(answer));
  }

  /** Whether a server was asked for the topology of a Cluster and is not part of one. */
  private static boolean isNoCluster(RedisCommandExecutionException answer) {
    return String.valueOf(answer.getMessage()).startsWith(NO_CLUSTER);
  }

  private static boolean isTimeout(Throwable fault) {
    return fault instanceof TimeoutException || fault instanceof RedisCommandTimeoutException;
  }

  private static Throwable unwrapped(Throwable fault) {
    Throwable cause = fault;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** The answer of a server that is somewhere behind a fault. */
  private static Optional<RedisCommandExecutionException> answer(@Nullable Throwable fault) {
    return answer(fault, 0);
  }

  private static Optional<RedisCommandExecutionException> answer(
      @Nullable Throwable fault, int depth) {
    if (fault == null || depth > DEPTH) {
      return Optional.empty();
    }
    if (fault instanceof RedisCommandExecutionException answer) {
      return Optional.of(answer);
    }
    Optional<RedisCommandExecutionException> behind = answer(fault.getCause(), depth + 1);
    for (Throwable suppressed : fault.getSuppressed()) {
      behind = behind.or(() -> answer(suppressed, depth + 1));
    }
    return behind;
  }
}
