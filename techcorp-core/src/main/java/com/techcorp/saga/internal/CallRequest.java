package com.techcorp.saga.internal;

import com.techcorp.saga.RemoteCall;
import java.time.Duration;

/**
 * A remote call to be made.
 *
 * @param service what it calls: requests of one service share a bulkhead
 * @param call the call
 * @param data the saga's data
 * @param context what the call knows about its saga
 * @param timeout after which it counts as unanswered, from when it is sent
 * @param sendBy by when it must be sent, as {@code Threads.nanoTime} counts
 * @param due whether it belongs to due work, which gets every other place
 */
record CallRequest<D>(
    String service,
    RemoteCall<D> call,
    D data,
    RemoteCall.Context context,
    Duration timeout,
    long sendBy,
    boolean due) {}
