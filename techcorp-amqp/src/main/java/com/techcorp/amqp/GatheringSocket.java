package com.techcorp.amqp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose writer can send several messages at once. The client flushes each message, which
 * costs a system call here and a packet at the broker.
 */
final class GatheringSocket extends Socket {
  private @Nullable GatheringStream output;

  @Override
  public OutputStream getOutputStream() throws IOException {
    return output();
  }

  private synchronized GatheringStream output() throws IOException {
    GatheringStream known = output;
    if (known == null) {
      known = new GatheringStream(super.getOutputStream());
      output = known;
    }
    return known;
  }

  /** Gathers writes as {@link GatheringStream#gather} does. */
  void gather(Runnable writes) throws IOException {
    output().gather(writes);
  }

  /** Makes sockets as the platform's default does; the client connects them. */
  static final class Factory extends SocketFactory {
    @Override
    public Socket createSocket() {
      return new GatheringSocket();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw unsupported();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw unsupported();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw unsupported();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw unsupported();
    }

    private static UnsupportedOperationException unsupported() {
      return new UnsupportedOperationException("RabbitMQ's client connects by itself");
    }
  }
}
