package com.techcorp.messaging.internal;

import com.techcorp.messaging.spi.EventTransport;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The bus as the relay's chains use it.
 *
 * @param bus takes events
 * @param pipelined the same, if it keeps the sequence by itself; else null
 * @param workers where chains go on
 * @param health hears what the bus answers
 * @param watch knows what each chain is at
 */
record BusAccess(
    EventTransport bus,
    @Nullable PipelinedBus pipelined,
    ExecutorService workers,
    BusHealth health,
    RelayWatch watch) {}
