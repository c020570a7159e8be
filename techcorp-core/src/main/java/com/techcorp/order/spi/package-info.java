/** The SPI of a storage of orders: the store, the idempotency keys, and the effects. */
@NullMarked
package com.techcorp.order.spi;

import org.jspecify.annotations.NullMarked;
