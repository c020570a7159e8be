/**
 * A real RabbitMQ broker: {@link com.techcorp.servers.rabbit.RabbitServer}. The other classes are
 * its parts and promise nothing, except for its permissions.
 */
@org.jspecify.annotations.NullMarked
package com.techcorp.servers.rabbit;
