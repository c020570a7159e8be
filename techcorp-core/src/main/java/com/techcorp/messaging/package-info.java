/**
 * Events and how they travel: written to the outbox in the transaction that caused them, relayed to
 * an {@link com.techcorp.messaging.EventBus} in sequence for each {@link
 * com.techcorp.messaging.EventStream}, handled once by each named consumer.
 */
@NullMarked
package com.techcorp.messaging;

import org.jspecify.annotations.NullMarked;
