/**
 * Test tools for users and adapters of TechCorp. {@link com.techcorp.testkit.MemoryStorage} and
 * {@link com.techcorp.testkit.SimulatedGateway} stand in for a database and a payment provider,
 * {@link com.techcorp.testkit.SteppedClock} for time; {@code contract} holds the tests that every
 * adapter passes, {@code servers} finds or starts real servers, {@code process} starts JVMs that
 * can be killed.
 */
@org.jspecify.annotations.NullMarked
package com.techcorp.testkit;
