/** Where the library's own work runs, and by which monotonic time: one seam for all of it. */
@NullMarked
package com.techcorp.concurrent;

import org.jspecify.annotations.NullMarked;
