package com.techcorp.servers.proxy;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client and a server say to each other on one connection, as far as it can be told. Each
 * method is called by one thread.
 */
interface Conversation {
  /**
   * Reads on in what the client says.
   *
   * @return whether a request in these bytes matches; never if the pattern is null
   */
  boolean asks(byte[] bytes, @Nullable Pattern request);

  /**
   * Reads on in what the server says.
   *
   * @return whether a reply is complete with these bytes
   */
  boolean replyEnds(byte[] bytes);
}
