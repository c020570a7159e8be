package com.techcorp;

import com.techcorp.inventory.InventoryReserver;
import com.techcorp.notification.Notifier;
import com.techcorp.order.OrderSaga;
import com.techcorp.payment.PaymentProcessor;

/** What a host of {@link TechCorp} uses, on the engine that runs it. */
record Services(
    EngineRuntime runtime,
    OrderSaga orders,
    PublishedEvents events,
    InventoryReserver inventory,
    PaymentProcessor payments,
    Notifier notifier) {}
