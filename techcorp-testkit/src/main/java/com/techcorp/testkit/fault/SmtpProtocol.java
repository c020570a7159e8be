package com.techcorp.testkit.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** SMTP: commands and replies are lines; a mail is its content and the dot that ends it. */
final class SmtpProtocol extends PeerProtocol {
  private static final String CONTENT = "content";
  private static final String END = ".";
  private static final String DOT = "\r\n.\r\n";

  private String message = "";
  private String line = "";
  private boolean expectsContent;

  @Override
  boolean serverBegins() {
    return true;
  }

  @Override
  @Nullable String begin(PushbackInputStream client) throws IOException {
    if (message.equals(CONTENT)) {
      line = END + "\r\n";
      message = END;
      return message;
    }
    if (!hasNext(client)) {
      return null;
    }
    if (expectsContent) {
      expectsContent = false;
      message = CONTENT;
      return message;
    }
    line = line(client);
    message = line.strip().split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
    return message;
  }

  @Override
  byte[] request(PushbackInputStream client) throws IOException {
    return message.equals(CONTENT) ? content(client) : line.getBytes(BYTES);
  }

  /** Up to the dot, which is a message of its own. */
  private static byte[] content(PushbackInputStream client) throws IOException {
    StringBuilder content = new StringBuilder("\r\n");
    while (!content.substring(Math.max(0, content.length() - DOT.length())).equals(DOT)) {
      String next = line(client);
      if (next.isEmpty()) {
        throw new IOException("the client left in the middle of the content");
      }
      content.append(next);
    }
    return content.substring(2, content.length() - 3).getBytes(BYTES);
  }

  @Override
  boolean isAnswered() {
    return !message.equals(CONTENT);
  }

  /** The server waits for the end of the content. */
  @Override
  boolean goesOnAfterRefusal() {
    return !message.equals(END);
  }

  @Override
  byte[] reply(InputStream server) throws IOException {
    StringBuilder reply = new StringBuilder();
    String next;
    do {
      next = line(server);
      reply.append(next);
    } while (next.length() > 3 && next.charAt(3) == '-');
    if (reply.length() == 0) {
      throw new IOException("the server ended the connection");
    }
    expectsContent = message.equals("DATA") && reply.charAt(0) == '3';
    return reply.toString().getBytes(BYTES);
  }

  @Override
  byte[] refusal(boolean forGood) {
    return (forGood ? "554 5.0.0 never\r\n" : "451 4.0.0 later\r\n").getBytes(BYTES);
  }
}
