/**
 * Finds or starts the real servers that tests and demos run against. Each server has a package of
 * its own; {@link com.techcorp.servers.ManagedServer} is what they have in common. {@link
 * com.techcorp.servers.proxy.TcpProxy} puts a bad network before a server.
 */
@org.jspecify.annotations.NullMarked
package com.techcorp.servers;
