/**
 * A bad network before a server: {@link com.techcorp.servers.proxy.TcpProxy}. The other classes are
 * its parts and promise nothing.
 */
@org.jspecify.annotations.NullMarked
package com.techcorp.servers.proxy;
