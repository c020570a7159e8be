/**
 * What is measured of events over RabbitMQ: a backlog, events beside orders, and the time from the
 * commit to the consumer.
 */
@NullMarked
package com.techcorp.bench.scenario.broker;

import org.jspecify.annotations.NullMarked;
