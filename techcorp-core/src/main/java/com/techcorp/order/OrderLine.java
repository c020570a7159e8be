package com.techcorp.order;

import java.util.UUID;

/**
 * One product of an order.
 *
 * @param productId the product
 * @param quantity units, positive
 * @param unitPrice minor units of the order's currency, at the time of the order
 */
public record OrderLine(UUID productId, long quantity, long unitPrice) {}
