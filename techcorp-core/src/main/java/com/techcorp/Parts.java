package com.techcorp;

import com.techcorp.inventory.InventoryReserver;
import com.techcorp.notification.Notifier;
import com.techcorp.order.OrderSaga;
import com.techcorp.payment.PaymentProcessor;

/** What the builder put together. */
record Parts(
    EngineRuntime room,
    OrderSaga orders,
    PublishedEvents events,
    InventoryReserver inventory,
    PaymentProcessor payments,
    Notifier notifier) {}
