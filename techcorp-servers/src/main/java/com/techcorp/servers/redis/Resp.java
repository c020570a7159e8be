package com.techcorp.servers.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Redis's own protocol (RESP), as far as servers are started by it: one command, one reply. So this
 * module needs no client library, and no thread of one.
 */
final class Resp {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private Resp() {}

  /**
   * Sends a command to a server on this machine.
   *
   * @param port where it listens
   * @param limit how long it may take to accept the connection, and again to answer
   * @param words the command and its arguments
   * @return the reply, which must be no array
   * @throws IOException when the server does not answer in time
   * @throws IllegalStateException when it answers with an error, which is the message
   */
  static String call(int port, Duration limit, String... words) throws IOException {
    int limitMillis = Math.toIntExact(limit.toMillis());
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), limitMillis);
      socket.setSoTimeout(limitMillis);
      socket.getOutputStream().write(request(words));
      return reply(new BufferedInputStream(socket.getInputStream()));
    }
  }

  private static byte[] request(String... words) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(ascii("*" + words.length + "\r\n"));
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      request.writeBytes(ascii("$" + bytes.length + "\r\n"));
      request.writeBytes(bytes);
      request.writeBytes(ascii("\r\n"));
    }
    return request.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String reply(InputStream in) throws IOException {
    int type = in.read();
    String line = line(in);
    return switch (type) {
      case '+', ':' -> line;
      case '$' -> new String(in.readNBytes(Integer.parseInt(line)), StandardCharsets.UTF_8);
      case '-' -> throw new IllegalStateException(line);
      default -> throw new IOException("Unexpected reply: " + (char) type + line);
    };
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next;
    while ((next = in.read()) != '\r') {
      if (next < 0) {
        throw new EOFException("The connection ended");
      }
      line.write(next);
    }
    in.read(); // the line feed
    return line.toString(StandardCharsets.UTF_8);
  }
}
