/**
 * Finds or starts the real servers that tests and demos run against. One class for each server; the
 * others are its parts and promise nothing.
 */
@org.jspecify.annotations.NullMarked
package com.techcorp.testkit.servers;
