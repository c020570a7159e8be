package com.techcorp.order.internal;

import com.techcorp.catalog.ProductCatalog;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.messaging.TraceContext;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.payment.PaymentGateway;
import org.jspecify.annotations.Nullable;

/**
 * The ports that the host implements for orders.
 *
 * @param payments charges and refunds
 * @param carts the host's carts
 * @param catalog the host's products
 * @param customers the host's customers
 * @param inventory where stock is kept in another database, or null: in the orders' own
 * @param traces the traces that orders belong to, or null: none
 */
public record HostPorts(
    PaymentGateway payments,
    CartReader carts,
    ProductCatalog catalog,
    CustomerDirectory customers,
    @Nullable InventoryReserver inventory,
    @Nullable TraceContext traces) {}
