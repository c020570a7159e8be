/**
 * How {@link com.techcorp.redis.RedisCache} does its work; no promise.
 *
 * <p>Each port is one class, which runs scripts (resources {@code *.lua}) through {@code
 * RedisServers}. A script touches one key. {@code Topology} knows which server has a key, and
 * {@code NodeConnection} keeps a connection to it.
 */
@NullMarked
package com.techcorp.redis.internal;

import org.jspecify.annotations.NullMarked;
