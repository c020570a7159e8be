/** Payments over a gateway. Promises nothing to users. */
@NullMarked
package com.techcorp.payment.internal;

import org.jspecify.annotations.NullMarked;
