/**
 * Finds or starts the real servers that tests and demos run against, one class for each server, and
 * puts a bad network before them ({@link com.techcorp.servers.TcpProxy}). The others are their
 * parts and promise nothing.
 */
@org.jspecify.annotations.NullMarked
package com.techcorp.servers;
