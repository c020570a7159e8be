package com.techcorp.servers.redis;

/** What the environment says about the server to use. */
final class RedisVariables {
  static final String URL = "TECHCORP_REDIS_URL";
  static final String IMAGE = "techcorp.redis.image";

  private RedisVariables() {}
}
