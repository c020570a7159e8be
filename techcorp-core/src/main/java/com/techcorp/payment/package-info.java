/**
 * Payments: the provider SPI {@link com.techcorp.payment.PaymentGateway}, and the states of charges
 * and refunds that the library keeps.
 */
@NullMarked
package com.techcorp.payment;

import org.jspecify.annotations.NullMarked;
