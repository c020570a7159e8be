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
import java.util.stream.Stream;

/**
 * A script with its key and arguments.
 *
 * @param script what to run
 * @param key the one that it touches
 * @param arguments what else it needs
 */
record ScriptCall(Script script, String key, List<byte[]> arguments) {
  /** Keys are text, values are bytes. */
  static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  static ScriptCall of(Script script, String key, String... arguments) {
    return new ScriptCall(
        script,
        key,
        Stream.of(arguments).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
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
            .add(1)
            .addKey(key)
            .addValues(arguments);
    return new AsyncCommand<>(new Command<>(type, new ArrayOutput<>(CODEC), words));
  }
}
