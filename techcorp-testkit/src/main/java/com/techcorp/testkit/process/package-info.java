/**
 * Processes of the operating system for tests that kill, freeze and restart: a child JVM, and the
 * process under every server of {@code com.techcorp.testkit.servers}. For tests and demos only.
 */
@org.jspecify.annotations.NullMarked
package com.techcorp.testkit.process;
