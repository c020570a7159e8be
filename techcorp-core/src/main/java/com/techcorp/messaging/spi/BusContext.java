package com.techcorp.messaging.spi;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.EventBus;
import com.techcorp.storage.Fence;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The services that a process gives to its {@link EventBus} at start.
 *
 * @param threads where the bus runs consumers and timers
 * @param lease this process's own, while it surely stands; gives null otherwise
 * @param faults told what consumers throw
 * @param backlog keeps what waits for single consumers
 * @param measured what waits, as last measured
 */
public record BusContext(
    Threads threads,
    Supplier<@Nullable Fence> lease,
    FaultBoundary faults,
    ConsumerBacklog backlog,
    Supplier<Backlog> measured) {}
