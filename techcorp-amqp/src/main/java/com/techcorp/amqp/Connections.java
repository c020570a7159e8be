package com.techcorp.amqp;

import com.rabbitmq.client.ConnectionFactory;
import com.techcorp.error.TokenRedaction;
import com.techcorp.error.WiringException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.List;

/** Factories of connections as sessions need them. */
final class Connections {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int HEARTBEAT_SECONDS = 10;
  private static final int HANDSHAKE_MILLIS = 10_000;
  private static final int ANSWER_MILLIS = 30_000;
  private static final int SHUTDOWN_MILLIS = 5_000;

  private Connections() {}

  /** Creates a factory from an address, which is never logged. */
  static ConnectionFactory factory(String uri) {
    ConnectionFactory factory = new ConnectionFactory();
    try {
      factory.setUri(uri);
    } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
      throw new WiringException(
          "RabbitMQ: the address must read amqp://user:password@host:port/vhost");
    }
    factory.setConnectionTimeout(CONNECT_MILLIS);
    factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
    return factory;
  }

  /**
   * Returns a copy that leaves connecting again to the sessions' keeper, and waits for nothing for
   * ever.
   */
  static ConnectionFactory own(ConnectionFactory factory) {
    ConnectionFactory own = factory.clone();
    own.setAutomaticRecoveryEnabled(false);
    own.setTopologyRecoveryEnabled(false);
    own.setHandshakeTimeout(atMost(HANDSHAKE_MILLIS, own.getHandshakeTimeout()));
    own.setChannelRpcTimeout(atMost(ANSWER_MILLIS, own.getChannelRpcTimeout()));
    own.setShutdownTimeout(atMost(SHUTDOWN_MILLIS, own.getShutdownTimeout()));
    return own;
  }

  /** For the client zero is without end. */
  private static int atMost(int limit, int millis) {
    return millis <= 0 ? limit : Math.min(limit, millis);
  }

  /**
   * Removes the broker's address from messages about a failure. The password is not read: the
   * host's credentials provider may be what failed, and the client never quotes a password.
   */
  static TokenRedaction secrets(ConnectionFactory factory) {
    return TokenRedaction.of(List.of(factory.getHost()));
  }
}
