package com.techcorp;

import com.techcorp.inventory.InventoryReserver;
import com.techcorp.notification.Notifier;
import com.techcorp.order.OrderSaga;
import com.techcorp.payment.PaymentProcessor;

/** What {@link Wiring} puts together: the API objects, on the engine that runs them. */
record Services(
    EngineRuntime runtime,
    OrderSaga orders,
    PublishedEvents events,
    InventoryReserver inventory,
    PaymentProcessor payments,
    Notifier notifier) {}
