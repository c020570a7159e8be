/**
 * Orders: {@link com.techcorp.order.OrderSaga} places, follows, cancels, ships and replays them;
 * {@link com.techcorp.order.CartReader} and {@link com.techcorp.order.CustomerDirectory} are what
 * the host already owns.
 */
@NullMarked
package com.techcorp.order;

import org.jspecify.annotations.NullMarked;
