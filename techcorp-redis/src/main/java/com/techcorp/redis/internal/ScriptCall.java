package com.techcorp.redis.internal;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A script with its keys and arguments.
 *
 * @param script what to run
 * @param keys those that it touches, at least one; in a Cluster exactly one
 * @param arguments what else it needs
 */
record ScriptCall(Script script, List<String> keys, List<byte[]> arguments) {
  /** Keys are text, values are bytes. */
  static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  static ScriptCall of(Script script, String key, String... arguments) {
    return of(script, List.of(key), List.of(arguments));
  }

  static ScriptCall of(Script script, List<String> keys, List<String> arguments) {
    return new ScriptCall(
        script,
        keys,
        arguments.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** Says on which server it runs. */
  String key() {
    return keys.get(0);
  }

  /** A command for a server that has run the script before. */
  AsyncCommand<String, byte[], List<Object>> byDigest() {
    return command(CommandType.EVALSHA, script.digest());
  }

  /** A command for any server. */
  AsyncCommand<String, byte[], List<Object>> bySource() {
    return command(CommandType.EVAL, script.source());
  }

  private AsyncCommand<String, byte[], List<Object>> command(CommandType type, String text) {
    CommandArgs<String, byte[]> words =
        new CommandArgs<>(CODEC)
            .add(text.getBytes(StandardCharsets.UTF_8))
            .add(keys.size())
            .addKeys(keys)
            .addValues(arguments);
    return new AsyncCommand<>(new Command<>(type, new ArrayOutput<>(CODEC), words));
  }
}
