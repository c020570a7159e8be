package com.techcorp.servers.rabbit;

/**
 * How to reach a broker.
 *
 * @param uri the address of its default virtual host
 * @param admin creates its virtual hosts and users
 */
record RabbitAccess(AmqpUri uri, RabbitAdmin admin) {}
