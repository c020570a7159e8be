package com.techcorp.servers.provider;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One connection that speaks as much HTTP/1.1 as the JDK's own server does. */
final class HttpConnection implements AutoCloseable {
  private static final String LENGTH = "content-length:";
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final SocketChannel channel;
  private final InputStream in;
  private final String host;
  private long answerBy;

  /** An answer with its whole body. */
  static final class Response {
    private final int status;
    private final byte[] body;

    Response(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    int status() {
      return status;
    }

    byte[] body() {
      return body;
    }
  }

  private HttpConnection(SocketChannel channel, String host) throws IOException {
    this.channel = channel;
    this.host = host;
    this.in = new BufferedInputStream(new Timed(channel.socket().getInputStream()));
  }

  static HttpConnection open(URI server) throws IOException {
    // A channel, because an interrupt ends what waits on it.
    SocketChannel channel = SocketChannel.open();
    try {
      channel
          .socket()
          .connect(
              new InetSocketAddress(server.getHost(), server.getPort()),
              (int) CONNECT_TIMEOUT.toMillis());
      channel.socket().setTcpNoDelay(true);
      return new HttpConnection(channel, server.getAuthority());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Whether the server has not closed it while it was idle. */
  boolean isOpen() {
    try {
      channel.configureBlocking(false);
      boolean open = channel.read(ByteBuffer.allocate(1)) == 0;
      channel.configureBlocking(true);
      return open;
    } catch (IOException e) {
      return false;
    }
  }

  Response post(String path, byte[] body, Duration timeout) throws IOException {
    byte[] head =
        ("POST "
                + path
                + " HTTP/1.1\r\nHost: "
                + host
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    answerBy = System.nanoTime() + timeout.toNanos();
    ByteBuffer request = ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip();
    while (request.hasRemaining()) {
      channel.write(request);
    }
    return response();
  }

  /** The time-out of a socket is for each read; a server may send a byte at a time. */
  private final class Timed extends FilterInputStream {
    Timed(InputStream socket) {
      super(socket);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      long left = TimeUnit.NANOSECONDS.toMillis(answerBy - System.nanoTime());
      if (left <= 0) {
        throw new SocketTimeoutException("the provider did not answer in time");
      }
      channel.socket().setSoTimeout((int) Math.min(Integer.MAX_VALUE, left));
      return in.read(into, from, length);
    }
  }

  private Response response() throws IOException {
    String[] status = line().split(" ", 3);
    if (status.length < 2) {
      throw new IOException("the provider did not answer in HTTP");
    }
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).trim());
      }
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the provider's answer was cut short");
    }
    return new Response(Integer.parseInt(status[1]), body);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int next;
    while ((next = in.read()) != '\n') {
      if (next < 0) {
        throw new EOFException("the provider closed the connection without an answer");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Closed is closed.
    }
  }
}
