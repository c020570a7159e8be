/**
 * Events over RabbitMQ: {@link com.techcorp.amqp.RabbitEventBus} publishes what the relay hands it,
 * and delivers to named consumers.
 */
@NullMarked
package com.techcorp.amqp;

import org.jspecify.annotations.NullMarked;
