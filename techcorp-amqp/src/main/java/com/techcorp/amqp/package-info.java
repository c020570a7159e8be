/**
 * Events over RabbitMQ: {@link com.techcorp.amqp.RabbitEventBus} publishes what the relay hands it,
 * and delivers to named consumers. And calls to an inventory elsewhere: {@link
 * com.techcorp.amqp.RemoteInventoryReserver}, {@link com.techcorp.amqp.InventoryServer}.
 */
@NullMarked
package com.techcorp.amqp;

import org.jspecify.annotations.NullMarked;
