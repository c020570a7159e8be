/** How long to wait before the next attempt, and when to give up. */
@NullMarked
package com.techcorp.retry;

import org.jspecify.annotations.NullMarked;
