/**
 * The SPI of a storage of events and of a transport: the outbox, the consumers' backlogs, and the
 * bus that the relay publishes to.
 */
@NullMarked
package com.techcorp.messaging.spi;

import org.jspecify.annotations.NullMarked;
