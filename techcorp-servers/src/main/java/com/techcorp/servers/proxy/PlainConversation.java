package com.techcorp.servers.proxy;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bytes without known meaning: the first ones from the server are the whole reply. */
final class PlainConversation implements Conversation {
  private static final int TAIL = 1_024;

  private String tail = "";

  @Override
  public boolean asks(byte[] bytes, @Nullable Pattern request) {
    String text = tail + new String(bytes, StandardCharsets.ISO_8859_1);
    if (request != null && request.matcher(text).find()) {
      tail = ""; // or the same request would be found again
      return true;
    }
    tail = text.substring(Math.max(0, text.length() - TAIL));
    return false;
  }

  @Override
  public boolean replyEnds(byte[] bytes) {
    return true;
  }
}
