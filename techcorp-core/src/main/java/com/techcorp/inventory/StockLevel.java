package com.techcorp.inventory;

import java.util.UUID;

/**
 * The stock of a product.
 *
 * @param productId the product
 * @param available units that can be reserved
 * @param reserved units held by PENDING reservations
 */
public record StockLevel(UUID productId, long available, long reserved) {}
