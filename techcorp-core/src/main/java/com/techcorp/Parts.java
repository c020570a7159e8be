package com.techcorp;

import com.techcorp.inventory.InventoryReserver;
import com.techcorp.messaging.EventBus;
import com.techcorp.messaging.internal.Relay;
import com.techcorp.notification.Notifier;
import com.techcorp.order.OrderSaga;
import com.techcorp.payment.PaymentProcessor;
import com.techcorp.saga.internal.DefaultSagaEngine;
import java.util.List;

/** What the builder put together. */
record Parts(
    DefaultSagaEngine engine,
    OrderSaga orders,
    InventoryReserver inventory,
    PaymentProcessor payments,
    Notifier notifier,
    EventBus bus,
    Relay relay,
    List<String> warnings) {}
