/**
 * What a storage of events and a transport implement: the outbox, the consumers' backlogs, and the
 * bus that the relay publishes to.
 */
@NullMarked
package com.techcorp.messaging.spi;

import org.jspecify.annotations.NullMarked;
