/** The SPI of a storage of payments: the ledger and the effects. */
@NullMarked
package com.techcorp.payment.spi;

import org.jspecify.annotations.NullMarked;
