/**
 * What a storage of orders implements: the store, the idempotency keys, and the effects that it
 * writes.
 */
@NullMarked
package com.techcorp.order.spi;

import org.jspecify.annotations.NullMarked;
