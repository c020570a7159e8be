package com.techcorp.servers.redis;

import com.techcorp.servers.SharedServer.Started;
import com.techcorp.servers.SharedServer.Ways;

/** The ways to a Redis server. */
final class RedisWays implements Ways<RedisUri> {
  @Override
  public String name() {
    return "Redis";
  }

  @Override
  public String variable() {
    return RedisVariables.URL;
  }

  @Override
  public RedisUri given(String address) {
    try {
      return RedisUri.parse(address);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(RedisVariables.URL + ": " + e.getMessage(), e);
    }
  }

  @Override
  public boolean containerUsable() {
    return RedisContainer.usable();
  }

  @Override
  public String image() {
    return System.getProperty(RedisVariables.IMAGE, "redis:8");
  }

  @Override
  public RedisUri startContainer() {
    return RedisContainer.start(image());
  }

  @Override
  public Started<RedisUri> startProcess() {
    RedisProcess process = RedisProcess.start(RedisOptions.DEFAULT);
    return new Started<>(RedisUri.local(process.port()), process.pid());
  }
}
