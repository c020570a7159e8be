/** Threads, timers, waits and monotonic time of the library, from one place. */
@NullMarked
package com.techcorp.concurrent;

import org.jspecify.annotations.NullMarked;
