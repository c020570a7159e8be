package com.techcorp;

import com.techcorp.concurrent.Threads;
import com.techcorp.inventory.StockCounter;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.saga.EngineOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a builder sets for the engine and the relay of its process.
 *
 * @param written the counters of the stock in the process's own storage, or null
 */
record EngineSetup(
    EngineOptions engine,
    RelayOptions relay,
    Threads threads,
    String name,
    @Nullable StockCounter written) {}
