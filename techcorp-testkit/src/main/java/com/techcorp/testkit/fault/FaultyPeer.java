package com.techcorp.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Stands on the loopback interface before a server, understands its protocol, and notes each
 * message that crosses: the connection, each request and each reply. At one of them it misbehaves
 * as configured, and does so at each later message of that name until it is {@linkplain #heal()
 * healed}; all others it passes on.
 *
 * <pre>{@code
 * try (FaultyPeer peer = FaultyPeer.smtp("127.0.0.1", server.port(), Duration.ofSeconds(2))) {
 *   peer.at("reply to .", PeerFault.RESET);
 *   // the server takes the next mail, and the client gets to know nothing
 * }
 * }</pre>
 *
 * <p>The name of a message is such as {@code connect}, {@code TLS}, {@code greeting}, {@code MAIL},
 * {@code reply to MAIL}, {@code content} and {@code .} of SMTP; {@code head}, {@code body} and
 * {@code reply to body} of HTTP; {@link #amqp} says which of AMQP; a later one of the same name is
 * {@code MAIL #2} and so on. Its threads are daemons, one for each connection. Thread-safe.
 */
public final class FaultyPeer implements AutoCloseable {
  private final InetSocketAddress server;
  private final Links links;
  private final ServerSocket listener;
  private final @Nullable SSLContext tls;
  private final PeerCrossings crossings;
  private final Set<PeerLink> connections = ConcurrentHashMap.newKeySet();

  private FaultyPeer(
      InetSocketAddress server, Links links, Duration lateness, @Nullable SSLContext tls) {
    this.server = server;
    this.links = links;
    this.crossings = new PeerCrossings(lateness);
    this.tls = tls;
    try {
      this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on the loopback interface", e);
    }
    PeerLink.daemon("techcorp-peer-accept-" + port(), this::accept);
  }

  /**
   * Creates a peer in front of an SMTP server, without TLS.
   *
   * @param host of the server
   * @param port of the server
   * @param lateness how late is {@link PeerFault#LATE}, and how long all of a {@link
   *     PeerFault#DRIP} takes: longer than the client waits for a reply
   * @return the peer, listening; the caller closes it
   * @throws UncheckedIOException if it cannot listen
   */
  public static FaultyPeer smtp(String host, int port, Duration lateness) {
    return new FaultyPeer(
        new InetSocketAddress(host, port), dialogue(SmtpProtocol::new), lateness, null);
  }

  /**
   * Creates a peer in front of an HTTP/1.1 server without TLS, whose bodies have a {@code
   * Content-Length}.
   *
   * @param host of the server
   * @param port of the server
   * @param lateness how late is {@link PeerFault#LATE}, and how long all of a {@link
   *     PeerFault#DRIP} takes: longer than the client waits for a reply
   * @return the peer, listening; the caller closes it
   * @throws UncheckedIOException if it cannot listen
   */
  public static FaultyPeer http(String host, int port, Duration lateness) {
    return new FaultyPeer(
        new InetSocketAddress(host, port), dialogue(HttpProtocol::new), lateness, null);
  }

  /**
   * Creates a peer in front of an AMQP 0-9-1 broker, without TLS. A message is a frame, such as
   * {@code queue.declare}, {@code from the server: basic.deliver #2} or {@code header}; a broker
   * refuses for now by ending the connection, and for good by ending the channel.
   *
   * @param host of the broker
   * @param port of the broker
   * @param lateness how late is {@link PeerFault#LATE}, and how long all of a {@link
   *     PeerFault#DRIP} takes: longer than the client waits for a confirm
   * @return the peer, listening; the caller closes it
   * @throws UncheckedIOException if it cannot listen
   */
  public static FaultyPeer amqp(String host, int port, Duration lateness) {
    return new FaultyPeer(
        new InetSocketAddress(host, port),
        (crossings, server, client, tls) -> new AmqpLink(crossings, server, client),
        lateness,
        null);
  }

  /** Makes a connection of a protocol. */
  private interface Links {
    PeerLink link(
        PeerCrossings crossings, InetSocketAddress server, Socket client, @Nullable SSLContext tls);
  }

  private static Links dialogue(Supplier<PeerProtocol> protocols) {
    return (crossings, server, client, tls) ->
        new PeerConnection(crossings, server, client, tls, protocols.get());
  }

  /**
   * The same before the same server, speaking TLS from the first byte to its clients. This one is
   * closed.
   *
   * @param context has the certificate
   * @return the peer, listening; the caller closes it
   * @throws UncheckedIOException if it cannot listen
   */
  public FaultyPeer withTls(SSLContext context) {
    close();
    return new FaultyPeer(server, links, crossings.lateness(), context);
  }

  /**
   * Returns the port that it listens on, on the loopback interface.
   *
   * @return the port
   */
  public int port() {
    return listener.getLocalPort();
  }

  /**
   * Makes a fault happen, at one message and all later ones of its kind.
   *
   * @param crossing the name of a message, as {@link #crossings} tells it
   * @param fault what happens
   * @return this
   */
  public FaultyPeer at(String crossing, PeerFault fault) {
    crossings.plan(crossing, fault);
    return this;
  }

  /**
   * Returns the messages that have crossed so far.
   *
   * @return names, in order
   */
  public List<String> crossings() {
    return crossings.all().stream().map(PeerFaultPoint::name).toList();
  }

  /** The same, with their kinds. */
  List<PeerFaultPoint> crossed() {
    return crossings.all();
  }

  /**
   * Returns whether the fault has happened.
   *
   * @return true from the planned message on
   */
  public boolean hasStruck() {
    return crossings.hasStruck();
  }

  /** Ends the fault: connections that stand still are ended, and all is passed on from now on. */
  public void heal() {
    crossings.heal();
  }

  /**
   * Returns whether all connections have ended, also those on which something is still to arrive
   * late.
   *
   * @return true if none is open
   */
  public boolean isQuiet() {
    return connections.isEmpty();
  }

  /** Ends all connections and stops listening. Has no effect a second time. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    heal();
    connections.forEach(PeerLink::end);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        PeerLink connection = links.link(crossings, server, client, tls);
        connections.add(connection);
        PeerLink.daemon(
            "techcorp-peer-" + client.getPort(),
            () -> {
              connection.run();
              connections.remove(connection);
            });
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException("The peer cannot accept any more", e);
        }
      }
    }
  }
}
