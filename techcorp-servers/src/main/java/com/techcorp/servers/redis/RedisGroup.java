package com.techcorp.servers.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Processes that belong together and are closed together. */
final class RedisGroup implements AutoCloseable {
  /** How long they may take until they agree. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  private final RedisProgram program = RedisProgram.find();
  private final List<RedisServer> servers = new CopyOnWriteArrayList<>();

  /** Starts one more. */
  RedisServer add(RedisMode mode, Map<String, String> settings) {
    RedisServer server = RedisServer.of(RedisProcess.start(program, mode, settings));
    servers.add(server);
    return server;
  }

  @Override
  public void close() {
    servers.forEach(RedisServer::close);
  }
}
