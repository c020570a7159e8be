package com.techcorp;

import com.techcorp.inventory.InventoryReserver;
import com.techcorp.notification.Notifier;
import com.techcorp.order.OrderSaga;
import com.techcorp.order.PublishedEvents;
import com.techcorp.payment.PaymentProcessor;

/** What the builder put together. */
record Parts(
    EngineRoom room,
    OrderSaga orders,
    PublishedEvents events,
    InventoryReserver inventory,
    PaymentProcessor payments,
    Notifier notifier) {}
