/**
 * The order saga and what carries it out. Promises nothing to users. {@code OrderSagaDefinition} is
 * the business in prose, {@code OrderAdmission} checks and prices a request, {@code OrderPlacement}
 * places it, {@code DefaultOrderSaga} is the facade.
 */
@NullMarked
package com.techcorp.order.internal;

import org.jspecify.annotations.NullMarked;
