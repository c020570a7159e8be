package com.techcorp.contracts;

import com.techcorp.Storage;
import com.techcorp.testkit.SteppedClock;

/** A storage that has no check of its own and needs no closing. */
record PlainStorage(Storage storage, SteppedClock clock, InventoryTopology inventory)
    implements SteppedStorage {}
