package com.techcorp.servers.redis;

import com.techcorp.servers.ManagedServer;
import com.techcorp.servers.SharedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis server for tests.
 *
 * <p>{@link #shared()} is the one server of this JVM. Its callers share one key space: each puts a
 * prefix of its own before its keys, and nobody flushes it. {@link #start()} is a private server
 * for a test that kills, freezes, fills or flushes it. {@link RedisCluster} and {@link
 * RedisSentinel} start several that belong together.
 *
 * <p>After a {@link #kill}, {@link #restart} brings back all that Redis had handed to the operating
 * system. With the default settings that is everything, save what it was writing while an earlier
 * write was on its way to the disk; with {@code appendfsync always} it is all that was
 * acknowledged. A {@linkplain #pause frozen} server keeps all connections and answers nothing.
 *
 * <p>A private server is the {@code redis-server} or {@code valkey-server} that is installed, in
 * version 7.0 or newer, or else the {@code redis-server} that the Debian or Ubuntu of this machine
 * packages (7.0 on Debian 12), downloaded once into the user's cache, without root. It listens on
 * the loopback interface only, takes some 15 MB of memory and 0.1 s to start. It ends with this
 * JVM: on Linux however the JVM dies, elsewhere unless it is killed.
 */
public final class RedisServer extends ManagedServer {
  /**
   * The environment variable with the address of a server to use, in Lettuce's form, for example
   * {@code redis://127.0.0.1:6379}.
   */
  public static final String URL_VARIABLE = RedisVariables.URL;

  /**
   * The system property with the image that Docker is asked for, for example {@code
   * valkey/valkey:8}. Default: {@code redis:8}.
   */
  public static final String IMAGE_PROPERTY = RedisVariables.IMAGE;

  private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

  /** Of a question that a frozen server may be asked; what it costs is this time. */
  private static final Duration ASK_LIMIT = Duration.ofSeconds(2);

  private static @Nullable RedisServer shared;

  private final RedisUri uri;
  private final @Nullable RedisProcess process;

  private RedisServer(RedisUri uri, @Nullable RedisProcess process) {
    super(process);
    this.uri = uri;
    this.process = process;
  }

  /**
   * The server that the tests of this JVM share, started at the first call: the one at {@link
   * #URL_VARIABLE}; or else one in Docker, when Testcontainers is on the class path and an engine
   * answers; or else a private process. Says on standard error, in one line, which it took.
   *
   * @return the shared server, which nobody closes
   * @throws IllegalStateException when there is none to be had; the message says how to get one
   */
  public static synchronized RedisServer shared() {
    if (shared == null) {
      SharedServer<RedisUri> found = SharedServer.find(new RedisWays());
      shared = new RedisServer(found.access(), null);
      System.err.println("Redis at " + found.access() + ": " + found.route());
    }
    return shared;
  }

  /**
   * Starts a private server in a temporary directory, with the default options.
   *
   * @return the server, accepting connections; the caller closes it
   * @throws IllegalStateException when it cannot be started; the message says why
   */
  public static RedisServer start() {
    return start(RedisOptions.DEFAULT);
  }

  /**
   * Starts a private server.
   *
   * @param options its directory and settings
   * @return the server, accepting connections; the caller closes it
   * @throws IllegalStateException when it cannot be started; the message says why
   */
  public static RedisServer start(RedisOptions options) {
    return of(RedisProcess.start(options));
  }

  /** A private server whose process runs. */
  static RedisServer of(RedisProcess process) {
    return new RedisServer(RedisUri.local(process.port()), process);
  }

  /**
   * The address for Lettuce's {@code RedisURI.create}.
   *
   * @return the address; of a server at {@link #URL_VARIABLE} as it was given there, with its
   *     password
   */
  public String uri() {
    return uri.text();
  }

  /**
   * Where a private server listens.
   *
   * @return the port, the same after {@link #restart()}
   * @throws IllegalStateException on the shared server
   */
  public int port() {
    return own().port();
  }

  /**
   * Deletes all keys of a private server.
   *
   * @throws IllegalStateException when it does not answer, or on the shared server
   */
  public void flush() {
    call("FLUSHALL");
  }

  /**
   * Sends a command to a private server.
   *
   * @throws IllegalStateException when it refuses or does not answer
   */
  String call(String... words) {
    try {
      return Resp.call(port(), CALL_LIMIT, words);
    } catch (IOException e) {
      throw new IllegalStateException(
          uri + " does not answer " + String.join(" ", words) + ": " + e.getMessage(), e);
    }
  }

  /** What a private server answers; empty when it is dead, frozen, or still loads its data. */
  Optional<String> ask(String... words) {
    try {
      return Optional.of(Resp.call(port(), ASK_LIMIT, words));
    } catch (IOException | IllegalStateException noAnswer) {
      return Optional.empty();
    }
  }

  /** A field of what it answers, for example to {@code INFO}; empty without an answer. */
  Optional<String> field(String name, String... words) {
    String prefix = name + ":";
    return ask(words)
        .flatMap(answer -> answer.lines().filter(line -> line.startsWith(prefix)).findFirst())
        .map(line -> line.substring(prefix.length()));
  }

  private RedisProcess own() {
    if (process == null) {
      throw new IllegalStateException(
          "Others use the shared server too: RedisServer.start() gives one of your own");
    }
    return process;
  }
}
