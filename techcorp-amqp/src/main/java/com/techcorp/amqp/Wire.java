package com.techcorp.amqp;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.SocketConfigurator;
import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection together with its sockets. A peer that stops reading blocks its writers, and the
 * client's own ways to close a connection write before they close; so a socket is closed from
 * outside, which frees all that is blocked on it. (Non-blocking connections, which a host's factory
 * may ask for, have no socket here: the client bounds their writes itself.) Thread-safe.
 */
final class Wire {
  private static final Logger log = LoggerFactory.getLogger(Wire.class);

  /** For the broker to say goodbye. */
  static final int CLOSE_MILLIS = 1_000;

  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile @Nullable Connection connection;
  private volatile @Nullable GatheringSocket gathering;

  /**
   * Connects; {@link #cut} ends an attempt that hangs.
   *
   * @param name as the broker's console shows the connection
   */
  Connection connect(ConnectionFactory factory, ExecutorService dispatch, String name)
      throws IOException, TimeoutException {
    ConnectionFactory own = factory.clone();
    if (own.getSocketFactory() == null && !own.isSSL()) {
      own.setSocketFactory(new GatheringSocket.Factory());
    }
    SocketConfigurator host = own.getSocketConfigurator();
    own.setSocketConfigurator(
        socket -> {
          keep(socket);
          host.configure(socket);
        });
    Connection made = own.newConnection(dispatch, name);
    connection = made;
    sockets.removeIf(Socket::isClosed); // of addresses that were tried before
    return made;
  }

  private void keep(Socket socket) {
    sockets.add(socket);
    gathering =
        socket instanceof GatheringSocket plain ? plain : null; // the last one tried connects
    if (cut) {
      close(socket);
    }
  }

  /**
   * Runs what writes, and sends all of it together at the end. On a connection with TLS, or with a
   * socket factory of the host's, each message is sent by itself.
   *
   * @throws IOException if it could not be sent in the end
   */
  void gather(Runnable writes) throws IOException {
    GatheringSocket socket = gathering;
    if (socket == null) {
      writes.run();
    } else {
      socket.gather(writes);
    }
  }

  /** Closes the sockets at once, unsaid what was to be said. Idempotent. */
  void cut() {
    cut = true;
    sockets.forEach(Wire::close);
  }

  /** Closes the connection in order, if the peer allows, on a thread that no one waits for. */
  void leave(Executor farewells) {
    farewells.execute(
        () -> {
          Connection made = connection;
          if (made != null) {
            made.abort(CLOSE_MILLIS);
          }
          cut();
        });
  }

  private static void close(Socket socket) {
    try {
      // Without lingering TLS does not wait to say goodbye either.
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      log.debug("A socket is closed already: {}", e.getMessage());
    }
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("A socket could not be closed in order: {}", e.getMessage());
    }
  }
}
