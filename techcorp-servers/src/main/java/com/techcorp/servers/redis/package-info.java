/**
 * Real Redis servers: {@link com.techcorp.servers.redis.RedisServer}, {@link
 * com.techcorp.servers.redis.RedisCluster} and {@link com.techcorp.servers.redis.RedisSentinel}.
 * The other classes are their parts and promise nothing, except for the options.
 */
@org.jspecify.annotations.NullMarked
package com.techcorp.servers.redis;
