/**
 * The SPI of a storage of stock: the ledger, the known shortages, the effects, and the rules that
 * decide them.
 */
@NullMarked
package com.techcorp.inventory.spi;

import org.jspecify.annotations.NullMarked;
