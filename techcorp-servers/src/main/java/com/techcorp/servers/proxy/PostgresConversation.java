package com.techcorp.servers.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's protocol 3, as far as it tells which statements are run and when their reply is
 * complete (PostgreSQL documentation, "Message Formats").
 */
final class PostgresConversation implements Conversation {
  /** SSLRequest and GSSENCRequest; a startup or cancel message has another number there. */
  private static final int FIRST_REQUEST_TO_ENCRYPT = 80877103;

  private final Map<String, String> prepared = new HashMap<>();
  private byte[] rest = {};
  private boolean started;
  private byte[] restOfReply = {};

  // Counted by the client's thread; the two that the server's thread reads are safe to share.
  private long asked = 1; // the startup is answered by a ReadyForQuery too
  private final AtomicInteger answersToEncrypt = new AtomicInteger();
  private volatile long endOfReply = Long.MAX_VALUE;

  private long ready;

  @Override
  public boolean asks(byte[] bytes, @Nullable Pattern request) {
    ByteBuffer buffer = ByteBuffer.wrap(joined(rest, bytes));
    boolean found = false;
    while (true) {
      int header = started ? 5 : 4;
      if (buffer.remaining() < header) {
        break;
      }
      buffer.mark();
      char type = started ? (char) buffer.get() : 0;
      int length = buffer.getInt() - 4;
      if (buffer.remaining() < length) {
        buffer.reset();
        break;
      }
      byte[] body = new byte[length];
      buffer.get(body);
      found |= message(type, body, request);
    }
    rest = new byte[buffer.remaining()];
    buffer.get(rest);
    return found;
  }

  private boolean message(char type, byte[] body, @Nullable Pattern request) {
    String statement =
        switch (type) {
          case 0 -> start(body);
          case 'Q' -> text(body, 0);
          case 'P' -> parse(body);
          case 'B' -> bind(body);
          case 'C' -> close(body);
          default -> "";
        };
    boolean matches =
        request != null && !statement.isEmpty() && request.matcher(statement).matches();
    if (matches) {
      endOfReply = asked + 1;
    }
    if (type == 'Q' || type == 'S' || type == 'F') {
      asked++;
    }
    return matches;
  }

  private String start(byte[] body) {
    int code = ByteBuffer.wrap(body).getInt();
    started = code != FIRST_REQUEST_TO_ENCRYPT && code != FIRST_REQUEST_TO_ENCRYPT + 1;
    if (!started) {
      answersToEncrypt.incrementAndGet();
    }
    return "";
  }

  private String parse(byte[] body) {
    String name = text(body, 0);
    prepared.put(name, text(body, end(body, 0) + 1));
    return "";
  }

  private String bind(byte[] body) {
    return prepared.getOrDefault(text(body, end(body, 0) + 1), "");
  }

  private String close(byte[] body) {
    if (body[0] == 'S') {
      prepared.remove(text(body, 1));
    }
    return "";
  }

  /** Each Query and each Sync is answered by one ReadyForQuery; the reply ends with its own. */
  @Override
  public boolean replyEnds(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(joined(restOfReply, bytes));
    while (buffer.hasRemaining()) {
      buffer.mark();
      char type = (char) buffer.get();
      if (answersToEncrypt.get() > 0) {
        answersToEncrypt.decrementAndGet(); // one byte, without a length
        continue;
      }
      if (buffer.remaining() < 4) {
        buffer.reset();
        break;
      }
      int length = buffer.getInt() - 4;
      if (buffer.remaining() < length) {
        buffer.reset();
        break;
      }
      buffer.position(buffer.position() + length);
      ready += type == 'Z' ? 1 : 0;
    }
    restOfReply = new byte[buffer.remaining()];
    buffer.get(restOfReply);
    return ready >= endOfReply;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static int end(byte[] body, int from) {
    int end = from;
    while (end < body.length && body[end] != 0) {
      end++;
    }
    return end;
  }

  private static String text(byte[] body, int from) {
    return new String(body, from, end(body, from) - from, StandardCharsets.UTF_8);
  }
}
