/**
 * Processes of the operating system for tests that kill, freeze and restart: a child JVM, and the
 * process under every server of {@code com.techcorp.servers}. For tests and demos only.
 */
@org.jspecify.annotations.NullMarked
package com.techcorp.servers.process;
