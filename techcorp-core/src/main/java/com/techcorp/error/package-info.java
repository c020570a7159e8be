/**
 * The exceptions of the library. Callers' mistakes and faults are exceptions; what business expects
 * (out of stock, declined) is a value. Everything here is unchecked and says what to do next.
 */
@NullMarked
package com.techcorp.error;

import org.jspecify.annotations.NullMarked;
