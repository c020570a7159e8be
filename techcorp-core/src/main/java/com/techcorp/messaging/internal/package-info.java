/**
 * How events are relayed and retried. Promises nothing to users. {@code Relay} is the loop, {@code
 * StreamPublisher} publishes many streams at once and each in sequence, {@code OutboxCleaner} takes
 * what was published out of the outbox, {@code BusHealth} remembers how the bus takes it.
 */
@NullMarked
package com.techcorp.messaging.internal;

import org.jspecify.annotations.NullMarked;
