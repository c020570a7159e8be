/**
 * Redis: {@link com.techcorp.redis.RedisCache} keeps sessions, revocations and login limits on a
 * single server, under Sentinel or in a Cluster.
 */
@NullMarked
package com.techcorp.redis;

import org.jspecify.annotations.NullMarked;
