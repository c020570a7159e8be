package com.techcorp.redis.internal;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** An open connection. Once it is lost it stays lost. */
final class Link {
  private final StatefulRedisConnection<String, byte[]> connection;
  private final Consumer<CompletableFuture<Void>> closing;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile long lastReply = System.nanoTime();

  /**
   * Over a connection.
   *
   * @param closing gets the end of the connection, once it begins to close
   */
  Link(
      StatefulRedisConnection<String, byte[]> connection,
      Consumer<CompletableFuture<Void>> closing) {
    this.connection = connection;
    this.closing = closing;
  }

  StatefulRedisConnection<String, byte[]> connection() {
    return connection;
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  /** Sends commands together: each on its own would cost both sides a system call. */
  <T> void sendAll(List<AsyncCommand<String, byte[], T>> commands) {
    commands.forEach(this::noticeReply);
    connection.dispatch(List.<RedisCommand<String, byte[], ?>>copyOf(commands));
  }

  /** Sends a command about a key that is on its way to this server. */
  <T> void sendAsking(AsyncCommand<String, byte[], T> command) {
    noticeReply(command);
    Command<String, byte[], String> asking =
        new Command<>(
            CommandType.ASKING,
            new StatusOutput<>(ScriptCall.CODEC),
            new CommandArgs<>(ScriptCall.CODEC));
    connection.dispatch(List.<RedisCommand<String, byte[], ?>>of(asking, command));
  }

  /** Whether the server has replied to nothing since a time of {@link System#nanoTime}. */
  boolean isSilentSince(long time) {
    return lastReply - time < 0;
  }

  void close() {
    // Several callers may find it silent; a lost connection has closed itself.
    if (closed.compareAndSet(false, true) && connection.isOpen()) {
      closing.accept(connection.closeAsync());
    }
  }

  private void noticeReply(AsyncCommand<String, byte[], ?> command) {
    command.whenComplete(
        (reply, fault) -> {
          if (fault == null || fault instanceof RedisCommandExecutionException) {
            lastReply = System.nanoTime();
          }
        });
  }
}
