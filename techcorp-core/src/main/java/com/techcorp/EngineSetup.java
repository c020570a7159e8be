package com.techcorp;

import com.techcorp.concurrent.Threads;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.saga.EngineOptions;

/** What a builder sets for the engine and the relay of its process. */
record EngineSetup(EngineOptions engine, RelayOptions relay, Threads threads, String name) {}
