/**
 * A real PostgreSQL server: {@link com.techcorp.servers.postgres.PostgresServer}. The other classes
 * are its parts and promise nothing, except for its options.
 */
@org.jspecify.annotations.NullMarked
package com.techcorp.servers.postgres;
