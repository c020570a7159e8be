package com.techcorp.testkit.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Cuts one connection's bytes into messages. Used by one thread. */
abstract class PeerProtocol {
  /** The charset in which bytes are read and written unchanged. */
  static final Charset BYTES = StandardCharsets.ISO_8859_1;

  /** Returns whether the server speaks first. */
  abstract boolean serverBegins();

  /**
   * Waits for the client's next message, and reads no more of it than its name needs.
   *
   * @return such as {@code MAIL}, or null if the client has ended the connection
   */
  abstract @Nullable String begin(PushbackInputStream client) throws IOException;

  /** Returns the whole message that was begun. */
  abstract byte[] request(PushbackInputStream client) throws IOException;

  /** Returns whether the server answers the message that was begun last. */
  abstract boolean isAnswered();

  /**
   * Returns whether the connection can serve more after a refusal of what the server did not get.
   */
  abstract boolean goesOnAfterRefusal();

  /** Returns the server's next message, all of it. */
  abstract byte[] reply(InputStream server) throws IOException;

  /** Returns the reply of a server that refuses the request. */
  abstract byte[] refusal(boolean forGood);

  /** True if there is another byte; it is still to be read. */
  static boolean hasNext(PushbackInputStream in) throws IOException {
    int next = in.read();
    if (next >= 0) {
      in.unread(next);
    }
    return next >= 0;
  }

  /** Returns a line with its end; what there is of it when the stream ends. */
  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next;
    while ((next = in.read()) >= 0) {
      line.append((char) next);
      if (next == '\n') {
        break;
      }
    }
    return line.toString();
  }
}
