package com.techcorp.redis.internal;

import io.lettuce.core.protocol.AsyncCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A script on its way to a server. */
final class ScriptAttempt {
  private final NodeConnection node;
  private final Link link;
  private final AsyncCommand<String, byte[], List<Object>> command;
  private long sentAt;

  private ScriptAttempt(
      NodeConnection node, Link link, AsyncCommand<String, byte[], List<Object>> command) {
    this.node = node;
    this.link = link;
    this.command = command;
  }

  /** A script that is not sent yet, and which the server knows by its digest. */
  static ScriptAttempt prepared(ScriptCall call, NodeConnection node, Deadline deadline) {
    return new ScriptAttempt(node, node.open(deadline), call.byDigest());
  }

  /** Sends prepared scripts, those for the same server together. */
  static void send(List<ScriptAttempt> prepared) {
    Map<Link, List<AsyncCommand<String, byte[], List<Object>>>> byLink = new LinkedHashMap<>();
    long now = System.nanoTime();
    for (ScriptAttempt attempt : prepared) {
      attempt.sentAt = now;
      byLink.computeIfAbsent(attempt.link, link -> new ArrayList<>()).add(attempt.command);
    }
    byLink.forEach(Link::sendAll);
  }

  /** Sends a script, which the server knows by its digest. */
  static ScriptAttempt byDigest(ScriptCall call, NodeConnection node, Deadline deadline) {
    ScriptAttempt attempt = prepared(call, node, deadline);
    send(List.of(attempt));
    return attempt;
  }

  /** Sends it to the server to which its key is on its way. */
  static ScriptAttempt asking(ScriptCall call, NodeConnection node, Deadline deadline) {
    ScriptAttempt attempt = new ScriptAttempt(node, node.open(deadline), call.bySource());
    attempt.sentAt = System.nanoTime();
    attempt.link.sendAsking(attempt.command);
    return attempt;
  }

  /** Sends it to the same server once more, which has not seen it before. */
  ScriptAttempt bySource(ScriptCall call) {
    ScriptAttempt attempt = new ScriptAttempt(node, link, call.bySource());
    send(List.of(attempt));
    return attempt;
  }

  Link link() {
    return link;
  }

  /**
   * Waits for the reply.
   *
   * @throws io.lettuce.core.RedisCommandExecutionException if it is an error
   * @throws com.techcorp.error.UnavailableException if there is none
   */
  ScriptReply await(Deadline deadline) {
    try {
      return new ScriptReply(Replies.await(command, deadline));
    } catch (NoReplyException e) {
      node.dropIfSilent(link, sentAt);
      throw e;
    }
  }

  /** The server is no longer the one to write to. */
  void drop() {
    node.drop(link);
  }
}
