/** What a storage of payments implements: the ledger, and the effects that it writes. */
@NullMarked
package com.techcorp.payment.spi;

import org.jspecify.annotations.NullMarked;
