package com.techcorp.mail;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.angus.mail.util.WriteTimeoutSocket;

/**
 * A connection to an SMTP server that bounds each write in time and each reply in length. Angus
 * Mail keeps a reply whole, whatever its length, so the bound is below it, and below TLS as well:
 * it holds for the greeting, for a handshake and for what comes encrypted.
 */
final class SmtpSocket extends WriteTimeoutSocket {
  /**
   * A reply has some hundred bytes; a TLS handshake with a chain of large certificates the most.
   */
  static final int MAX_REPLY_BYTES = 256 * 1024;

  private final AtomicInteger left = new AtomicInteger(MAX_REPLY_BYTES);

  SmtpSocket(Socket socket, Duration writeTimeout, ScheduledExecutorService timer)
      throws IOException {
    super(socket, Math.toIntExact(writeTimeout.toMillis()), timer);
    socket.setTcpNoDelay(true); // the final dot must not wait for what the content waits for
  }

  /** Resets the count for the server's reply to the next command. */
  void expectReply() {
    left.set(MAX_REPLY_BYTES);
  }

  /** Returns whether there is unread input; also if the socket is closed. */
  boolean hasUnread() {
    try {
      return super.getInputStream().available() > 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Bounded(super.getInputStream());
  }

  private final class Bounded extends FilterInputStream {
    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int most = Math.min(length, left.get());
      if (most == 0 && length > 0) {
        throw new IOException("the server's reply is longer than " + MAX_REPLY_BYTES + " bytes");
      }
      int count = in.read(bytes, offset, most);
      left.addAndGet(-Math.max(count, 0));
      return count;
    }
  }
}
