package com.techcorp;

import com.techcorp.inventory.InventoryReserver;
import com.techcorp.notification.Notifier;
import com.techcorp.order.OrderSaga;
import com.techcorp.payment.PaymentProcessor;
import com.techcorp.search.internal.SearchAssembly;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Wiring} puts together: the API objects, on the engine that runs them.
 *
 * @param search null if the builder was given no index
 */
record Services(
    EngineRuntime runtime,
    OrderSaga orders,
    PublishedEvents events,
    InventoryReserver inventory,
    PaymentProcessor payments,
    Notifier notifier,
    @Nullable SearchAssembly search) {}
