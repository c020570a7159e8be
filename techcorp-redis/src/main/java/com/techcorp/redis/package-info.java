/**
 * Redis: {@link com.techcorp.redis.RedisCache} keeps sessions, revocations, login limits and
 * counters of available units on a single server, under Sentinel or in a Cluster.
 */
@NullMarked
package com.techcorp.redis;

import org.jspecify.annotations.NullMarked;
