/**
 * What a storage of stock implements: the ledger, the known shortages, and the effects that it
 * writes, with the rules that decide them.
 */
@NullMarked
package com.techcorp.inventory.spi;

import org.jspecify.annotations.NullMarked;
