package com.techcorp.servers.rabbit;

import com.techcorp.servers.ManagedServer;
import com.techcorp.servers.SharedServer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A real RabbitMQ broker for tests.
 *
 * <p>{@link #shared()} is the one broker of this JVM, isolated by virtual host. {@link #start()} is
 * a private broker for a test that kills or freezes it. No plugins are on, and nothing is less
 * durable than RabbitMQ has it by default.
 *
 * <p>After a {@link #kill}, {@link #restart} brings back all messages that quorum queues confirmed,
 * save in queues declared just before, see {@link #syncQueues()}. Quorum queues may need some 100
 * ms more until they have a leader. A {@linkplain #pause frozen} broker keeps all connections and
 * answers nothing.
 *
 * <p>A private process needs Linux. It comes from RabbitMQ and Erlang as the Debian or Ubuntu of
 * this machine packages them (RabbitMQ 3.10 on Debian 12): from the installed packages, or else
 * downloaded once into the user's cache, without root. It listens on the loopback interface only,
 * takes some 150 MB of memory and 6 s to start on two idle processors, and ends with this JVM
 * however the JVM dies.
 */
public final class RabbitServer extends ManagedServer {
  /**
   * The environment variable with the address of a broker to use, for example {@code
   * amqp://guest:guest@127.0.0.1:5672/%2F}. Virtual hosts are created over its management API, see
   * {@link #MANAGEMENT_URL_VARIABLE}.
   */
  public static final String URL_VARIABLE = RabbitVariables.URL;

  /**
   * The environment variable with the address of the management API of the broker at {@link
   * #URL_VARIABLE}, without {@code /api}. Its user is that of the broker's address and needs the
   * tag administrator. Default: {@code http://}, the broker's host, port 15672.
   */
  public static final String MANAGEMENT_URL_VARIABLE = RabbitVariables.MANAGEMENT_URL;

  /** The system property with the major version that Docker is asked for. Default: 4. */
  public static final String MAJOR_PROPERTY = RabbitVariables.MAJOR;

  private static @Nullable RabbitServer shared;

  private final AmqpUri uri;
  private final RabbitVirtualHosts virtualHosts;
  private final RabbitUsers users;
  private final @Nullable RabbitProcess process;

  private RabbitServer(RabbitAccess access, @Nullable RabbitProcess process) {
    super(process);
    this.uri = access.uri();
    this.virtualHosts = new RabbitVirtualHosts(access.admin());
    this.users = new RabbitUsers(access.admin(), uri);
    this.process = process;
  }

  /**
   * The broker that the tests of this JVM share, started at the first call: the one at {@link
   * #URL_VARIABLE}; or else one in Docker, when Testcontainers' RabbitMQ is on the class path and
   * an engine answers; or else a private process. Says on standard error, in one line, which it
   * took.
   *
   * @return the shared broker, which nobody closes
   * @throws IllegalStateException when there is none to be had; the message says how to get one
   */
  public static synchronized RabbitServer shared() {
    if (shared == null) {
      shared = connect(SharedServer.find(new RabbitWays()));
    }
    return shared;
  }

  /**
   * Starts a private broker in a temporary directory, deleted at close.
   *
   * @return the broker, accepting connections; the caller closes it
   * @throws IllegalStateException when it cannot be started; the message says why
   */
  public static RabbitServer start() {
    return of(RabbitProcess.start());
  }

  /**
   * Starts a private broker in a directory that is kept when it is closed. What the caller has put
   * into the directory's {@code enabled_plugins}, {@code advanced.config} and {@code
   * conf.d/*.conf}, all in RabbitMQ's form, applies too. Where there is no {@code advanced.config},
   * the broker repeats an unconfirmed dead-lettering after 5 s instead of RabbitMQ's 3 minutes.
   *
   * @param directory one that does not exist, is empty, or was used so before, in which case its
   *     data is there again; of one broker at a time
   * @return the broker, accepting connections; the caller closes it
   * @throws IllegalStateException when it cannot be started; the message says why
   */
  public static RabbitServer start(Path directory) {
    return of(RabbitProcess.start(directory));
  }

  /**
   * The AMQP 0-9-1 address of the default virtual host, with user and password.
   *
   * @return the address; of a broker at {@link #URL_VARIABLE} as it was given there
   */
  public String amqpUri() {
    return uri.text();
  }

  /**
   * The AMQP 0-9-1 address of a virtual host, with user and password.
   *
   * @param virtualHost its name, not encoded
   * @return the address
   */
  public String amqpUri(String virtualHost) {
    return uri.text(virtualHost);
  }

  /**
   * Where the broker listens for AMQP.
   *
   * @return the port, the same after {@link #restart()}
   */
  public int port() {
    return uri.port();
  }

  /**
   * Creates an empty virtual host in which the user of the address may do all. It takes some 50 ms
   * in a private process and 1 to 2 s in Docker. On a broker at {@link #URL_VARIABLE} it needs the
   * management API, and what was created is deleted when this JVM ends, unless that is killed.
   *
   * @return its name, fresh
   * @throws IllegalStateException when the broker refuses or cannot be reached
   */
  public String createVirtualHost() {
    return virtualHosts.create();
  }

  /**
   * Deletes a virtual host with all its queues, and closes the connections to it.
   *
   * @param name its name; one that does not exist is fine
   * @throws IllegalStateException when the broker refuses or cannot be reached
   */
  public void deleteVirtualHost(String name) {
    virtualHosts.delete(name);
  }

  /**
   * Creates a user who may do in a virtual host what is said, and nothing elsewhere. On a broker at
   * {@link #URL_VARIABLE} it needs the management API, and what was created is deleted when this
   * JVM ends, unless that is killed.
   *
   * @param virtualHost such as {@link #createVirtualHost} made
   * @param permissions what the user may do there
   * @return the AMQP 0-9-1 address of the virtual host, with the user's fresh name and password
   * @throws IllegalStateException when the broker refuses or cannot be reached
   */
  public String createUser(String virtualHost, RabbitPermissions permissions) {
    return users.create(virtualHost, permissions);
  }

  /**
   * Gives a user other permissions, which a broker applies to open channels after some seconds at
   * the latest.
   *
   * @param uri as {@link #createUser} gave it
   * @param virtualHost the virtual host
   * @param permissions what the user may do there from now on
   * @throws IllegalStateException when the broker refuses or cannot be reached
   */
  public void permit(String uri, String virtualHost, RabbitPermissions permissions) {
    users.permit(uri, virtualHost, permissions);
  }

  /**
   * Has the broker write down now which quorum queues there are; of a private broker only. RabbitMQ
   * 3.10 does that by itself about a second after a queue was declared, whatever it has confirmed
   * by then (seen: 0.8 s was too early, 1.5 s was not). A queue that it forgot by a SIGKILL is
   * there again afterwards, but empty, and never gets a leader. So call this between declaring
   * quorum queues and {@link #kill()}, unless that loss is what you test.
   *
   * @throws IllegalStateException when it does not answer, or on the shared broker
   */
  public void syncQueues() {
    if (process == null) {
      throw new IllegalStateException(
          "Others use the shared server too: RabbitServer.start() gives one of your own");
    }
    process.admin().sync();
  }

  private static RabbitServer of(RabbitProcess process) {
    return new RabbitServer(new RabbitAccess(process.uri(), process.admin()), process);
  }

  private static RabbitServer connect(SharedServer<RabbitAccess> found) {
    RabbitServer server = new RabbitServer(found.access(), null);
    if (found.outlives()) {
      server.cleanUpAtExit("techcorp-rabbit-delete", server::deleteAll);
    }
    System.err.println("RabbitMQ at " + server.uri + ": " + found.route());
    return server;
  }

  private void deleteAll() {
    virtualHosts.deleteAll();
    users.deleteAll();
  }
}
