package com.techcorp.servers.elasticsearch;

import com.techcorp.servers.ManagedServer;
import com.techcorp.servers.SharedServer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real Elasticsearch server for tests.
 *
 * <p>{@link #shared()} is the one server of this JVM. Its callers are isolated by {@linkplain
 * #createPrefix() the prefix} of the names of their indices, aliases and templates. {@link
 * #start()} is a private server for a test that kills, freezes or fills it; {@link
 * ElasticsearchCluster} is several that hold replicas.
 *
 * <p>After a {@link #kill}, {@link #restart} brings back all that was acknowledged, and returns
 * when all primary shards are there. A {@linkplain #pause frozen} server keeps all connections and
 * answers nothing.
 *
 * <p>A private process is Elasticsearch 9.5 itself, from the registry's jars, on the newest JDK of
 * this machine, 21 or later. It can be started where the module techcorp-elasticsearch-node is on
 * the class path, that is in the build of the library. It is the core only: without the modules for
 * security, scripts, reindexing and {@code scaled_float}, and of the module analysis-common it has
 * the token filters {@code asciifolding}, {@code keyword_marker}, {@code stemmer} (English and
 * Portuguese) and {@code stemmer_override}. It listens on the loopback interface only, takes some
 * 300 MB of memory and 8 s of the processor to start, and ends with this JVM however the JVM dies.
 */
public final class ElasticsearchServer extends ManagedServer {
  /**
   * The environment variable with the address of a server to use, for example {@code
   * http://elastic:secret@127.0.0.1:9200}. Its user must be allowed to create and delete indices
   * and templates whose names begin with {@code techcorp-}.
   */
  public static final String URL_VARIABLE = ElasticsearchVariables.URL;

  /**
   * The system property with the image that Docker is asked for. Default: {@code
   * elasticsearch:9.5.3}.
   */
  public static final String IMAGE_PROPERTY = ElasticsearchVariables.IMAGE;

  private static final Pattern NUMBER = Pattern.compile("\"number\"\\s*:\\s*\"([^\"]+)\"");

  private static @Nullable ElasticsearchServer shared;

  private final ElasticsearchUri uri;
  private final ElasticsearchCalls calls;
  private final IndexPrefixes prefixes;
  private final @Nullable ElasticsearchProcess process;

  private ElasticsearchServer(ElasticsearchUri uri, @Nullable ElasticsearchProcess process) {
    super(process);
    this.uri = uri;
    this.calls = new ElasticsearchCalls(uri);
    this.prefixes = new IndexPrefixes(calls);
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
  public static synchronized ElasticsearchServer shared() {
    if (shared == null) {
      shared = connect(SharedServer.find(new ElasticsearchWays()));
    }
    return shared;
  }

  /**
   * Starts a private server in a temporary directory, with the default options.
   *
   * @return the server, answering; the caller closes it
   * @throws IllegalStateException when it cannot be started; the message says why
   */
  public static ElasticsearchServer start() {
    return start(ElasticsearchOptions.DEFAULT);
  }

  /**
   * Starts a private server.
   *
   * @param options its directory and settings
   * @return the server, answering; the caller closes it
   * @throws IllegalStateException when it cannot be started; the message says why
   */
  public static ElasticsearchServer start(ElasticsearchOptions options) {
    return of(ElasticsearchProcess.start(ElasticsearchInstallation.program(), options));
  }

  /** A private server whose process runs. */
  static ElasticsearchServer of(ElasticsearchProcess process) {
    return new ElasticsearchServer(ElasticsearchUri.local(process.port()), process);
  }

  /**
   * The address for a client.
   *
   * @return the address, without a slash at the end; of a server at {@link #URL_VARIABLE} as it was
   *     given there, with its password
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
    if (process == null) {
      throw new IllegalStateException(
          "Others use the shared server too: ElasticsearchServer.start() gives one of your own");
    }
    return process.port();
  }

  /**
   * A prefix that no other test has. On a server at {@link #URL_VARIABLE}, what carries it is
   * deleted when this JVM ends, unless that is killed.
   *
   * @return the prefix, fresh; it ends in a hyphen
   */
  public String createPrefix() {
    return prefixes.create();
  }

  /**
   * Deletes all indices with a prefix, with their aliases, and all index and component templates.
   *
   * @param prefix as {@link #createPrefix()} gave it; one without anything is fine
   * @throws IllegalStateException when the server refuses or cannot be reached
   */
  public void deletePrefix(String prefix) {
    prefixes.delete(prefix);
  }

  /**
   * The version of the server.
   *
   * @return what the server reports, for example {@code 9.5.3}
   * @throws IllegalStateException when it cannot be reached, or is no Elasticsearch
   */
  public String version() {
    Matcher number = NUMBER.matcher(calls.send("GET", "/").required("say its version"));
    if (!number.find()) {
      throw new IllegalStateException("No Elasticsearch answers at " + uri);
    }
    return number.group(1);
  }

  private static ElasticsearchServer connect(SharedServer<ElasticsearchUri> found) {
    ElasticsearchServer server = new ElasticsearchServer(found.access(), null);
    if (found.outlives()) {
      server.cleanUpAtExit("techcorp-elasticsearch-delete", server.prefixes::deleteAll);
    }
    System.err.println(
        "Elasticsearch " + server.version() + " at " + server.uri + ": " + found.route());
    return server;
  }
}
