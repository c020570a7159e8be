package com.techcorp.servers.proxy;

import com.techcorp.servers.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bad network: stands on the loopback interface in front of a server and passes bytes on, until
 * it is told to delay them, to cut the connections, to let everything vanish, or to lose the
 * replies to certain requests.
 *
 * <pre>{@code
 * try (TcpProxy proxy = TcpProxy.before(server)) {
 *   DataSource pool = pool(proxy.through(server.jdbcUrl(database)));
 *   proxy.loseReplies(TcpProxy.COMMIT, 1);
 *   // the next COMMIT is done by the server, and the client gets to know nothing
 * }
 * }</pre>
 *
 * <p>Its threads are daemons, two for each direction of each connection. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {
  /** A statement that commits and does nothing else. */
  public static final Pattern COMMIT =
      Pattern.compile("\\s*(commit|end)\\s*;?\\s*", Pattern.CASE_INSENSITIVE);

  /** How {@link #loseReplies} counts as long as it is on. */
  public static final int ALWAYS = LostReplies.ALWAYS;

  private static final Pattern URL = Pattern.compile("([a-z:]+://)([^/?@]*@)?[^/?]+(.*)");

  private final ServerSocket listener;
  private final Thread acceptor;
  private final Supplier<InetSocketAddress> server;
  private final Supplier<Conversation> conversations;
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final LostReplies lostReplies = new LostReplies();
  private final Network network = new BadNetwork();
  private volatile State state = State.PASSING;
  private volatile Duration toServer = Duration.ZERO;
  private volatile Duration toClient = Duration.ZERO;
  private volatile boolean closed;

  private enum State {
    PASSING,
    CUT,
    BLACK_HOLE
  }

  private TcpProxy(Supplier<InetSocketAddress> server, Supplier<Conversation> conversations) {
    this.server = server;
    this.conversations = conversations;
    try {
      this.listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on the loopback interface", e);
    }
    this.acceptor = Sockets.daemon("techcorp-proxy-accept-" + port(), this::accept);
  }

  /**
   * A proxy before any server. It takes each bunch of bytes as a request; the bytes that follow
   * from the server are its reply.
   *
   * @param host of the server, looked up for each connection
   * @param port of the server
   * @return the proxy, listening; the caller closes it
   * @throws UncheckedIOException if it cannot listen
   */
  public static TcpProxy before(String host, int port) {
    return new TcpProxy(() -> new InetSocketAddress(host, port), PlainConversation::new);
  }

  /**
   * A proxy before PostgreSQL. It understands its protocol: a request is a statement, also one that
   * was prepared earlier, and a reply is complete when the server is ready for the next query.
   * Connections must not be encrypted.
   *
   * @param postgres may be restarted later
   * @return the proxy, listening; the caller closes it
   * @throws UncheckedIOException if it cannot listen
   */
  public static TcpProxy before(PostgresServer postgres) {
    String url = postgres.jdbcUrl("postgres");
    URI address = URI.create(url.substring("jdbc:".length()));
    int port = address.getPort() < 0 ? 5432 : address.getPort();
    return new TcpProxy(
        () -> new InetSocketAddress(address.getHost(), port), PostgresConversation::new);
  }

  /**
   * Where it listens, on the loopback interface.
   *
   * @return the port
   */
  public int port() {
    return listener.getLocalPort();
  }

  /**
   * An address of the server's, through this proxy.
   *
   * @param url with {@code ://host:port} in it, such as a JDBC address
   * @return the same with the proxy's host and port
   * @throws IllegalArgumentException if it is no such address
   */
  public String through(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException("Not an address with a host: it has no ://");
    }
    String user = parts.group(2) == null ? "" : parts.group(2);
    return parts.group(1) + user + "127.0.0.1:" + port() + parts.group(3);
  }

  /**
   * Passes bytes on later, in order; also those of open connections, from now on. Default: at once.
   *
   * @param onTheWayToServer not negative
   * @param onTheWayToClient not negative
   */
  public void delay(Duration onTheWayToServer, Duration onTheWayToClient) {
    toServer = onTheWayToServer;
    toClient = onTheWayToClient;
  }

  /** Resets all connections, and each new one at once, until {@link #restore()}. */
  public void cut() {
    state = State.CUT;
    resetAll();
  }

  /**
   * Lets all bytes vanish, both ways, until {@link #restore()}: nothing is reset, an end is not
   * passed on either, and who connects anew gets no answer.
   */
  public void blackHole() {
    state = State.BLACK_HOLE;
  }

  /**
   * Lets all bytes of the connections that are open now vanish, both ways and for good, as when a
   * firewall forgets them or an address moves to another machine; new ones are served. {@link
   * #restore()} resets the silent ones.
   */
  public void silenceOpen() {
    connections.forEach(ProxiedConnection::silence);
  }

  /**
   * Reads no more requests of the connections that are open now, for good, as a peer does that
   * hangs: the sender's buffers fill, and then it cannot write. Replies still pass, and new
   * connections are served. {@link #restore()} resets those that were stopped.
   */
  public void stopReading() {
    connections.forEach(ProxiedConnection::stopReading);
  }

  /**
   * Ends all faults: delays, cut, black hole and lost replies. A connection of which bytes vanished
   * is reset, for it can never be whole again; the others go on.
   */
  public void restore() {
    delay(Duration.ZERO, Duration.ZERO);
    lostReplies.off();
    state = State.PASSING;
    connections.stream().filter(ProxiedConnection::isBroken).forEach(ProxiedConnection::reset);
  }

  /**
   * Resets all connections that are open now; new ones are served. A client counts as open once
   * {@link #connections()} counts it: the system completes a connection a moment before the proxy
   * accepts it.
   */
  public void resetAll() {
    connections.forEach(ProxiedConnection::reset);
  }

  /**
   * Has requests arrive and be answered, but resets the connection instead of delivering the reply.
   * The reply is awaited first, so that the server has surely done what was asked. {@link
   * #restore()} ends it.
   *
   * @param request matches the whole of a statement before PostgreSQL, such as {@link #COMMIT};
   *     else it is found somewhere in the bytes, read as ISO 8859-1, also across two of their
   *     bunches
   * @param times how many requests from now on, or {@link #ALWAYS}
   */
  public void loseReplies(Pattern request, int times) {
    lostReplies.on(request, times);
  }

  /**
   * How many replies were lost by {@link #loseReplies}.
   *
   * @return replies since this proxy began
   */
  public int lost() {
    return lostReplies.lost();
  }

  /**
   * How many connections are open.
   *
   * @return connections
   */
  public int connections() {
    return connections.size();
  }

  /**
   * Resets all connections and stops listening: who connects afterwards is refused. Has no effect a
   * second time.
   */
  @Override
  public void close() {
    closed = true;
    try {
      listener.close();
      // The system listens on as long as a thread still stands in accept().
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    resetAll();
  }

  /** What each connection meets, at any time. */
  private final class BadNetwork implements Network {
    @Override
    public long dueNanos(boolean reply) {
      return System.nanoTime() + (reply ? toClient : toServer).toNanos();
    }

    @Override
    public boolean swallows() {
      return state == State.BLACK_HOLE;
    }

    @Override
    public LostReplies lostReplies() {
      return lostReplies;
    }
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = listener.accept();
        // Connecting may take its time; others must not wait for it.
        Sockets.daemon("techcorp-proxy-connect-" + port(), () -> connect(client));
      } catch (IOException e) {
        if (!closed) {
          throw new UncheckedIOException("The proxy cannot accept any more", e);
        }
      }
    }
  }

  private void connect(Socket client) {
    ProxiedConnection connection =
        new ProxiedConnection(network, client, conversations.get(), connections::remove);
    connections.add(connection);
    if (closed || state == State.CUT) {
      connection.reset();
      return;
    }
    Socket upstream = new Socket();
    try {
      if (network.swallows()) {
        connection.begin(List.of());
      } else {
        upstream.connect(server.get(), 5_000);
        connection.begin(List.of(upstream));
      }
    } catch (IOException e) {
      Sockets.reset(upstream);
      connection.reset();
    }
    if (closed || state == State.CUT) {
      connection.reset(); // cut meanwhile
    }
  }
}
