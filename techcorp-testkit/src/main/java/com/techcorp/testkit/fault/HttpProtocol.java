package com.techcorp.testkit.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 with bodies of a known length: a request is a head and a body of some length. */
final class HttpProtocol extends PeerProtocol {
  private static final Pattern LENGTH =
      Pattern.compile("(?i)\r\ncontent-length: *([0-9]{1,9})\r\n");

  private boolean inBody;
  private int length;

  @Override
  boolean serverBegins() {
    return false;
  }

  @Override
  @Nullable String begin(PushbackInputStream client) throws IOException {
    if (!hasNext(client)) {
      return null;
    }
    inBody = length > 0;
    return inBody ? "body" : "head";
  }

  @Override
  byte[] request(PushbackInputStream client) throws IOException {
    if (inBody) {
      byte[] body = client.readNBytes(length);
      length = 0;
      return body;
    }
    String head = head(client);
    length = length(head);
    return head.getBytes(BYTES);
  }

  @Override
  boolean isAnswered() {
    return inBody;
  }

  /** The server has a head, or a head and no body. */
  @Override
  boolean goesOnAfterRefusal() {
    return false;
  }

  @Override
  byte[] reply(InputStream server) throws IOException {
    String head = head(server);
    byte[] body = server.readNBytes(length(head));
    return (head + new String(body, BYTES)).getBytes(BYTES);
  }

  @Override
  byte[] refusal(boolean forGood) {
    String status = forGood ? "400 Bad Request" : "429 Too Many Requests\r\nRetry-After: 0";
    return ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        .getBytes(BYTES);
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    String line;
    do {
      line = line(in);
      if (line.isEmpty()) {
        throw new IOException("ended in the middle of a head");
      }
      head.append(line);
    } while (!line.equals("\r\n"));
    return head.toString();
  }

  private static int length(String head) {
    Matcher length = LENGTH.matcher(head);
    return length.find() ? Integer.parseInt(length.group(1)) : 0;
  }
}
