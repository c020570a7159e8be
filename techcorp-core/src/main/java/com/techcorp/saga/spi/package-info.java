/** The SPI of a storage of sagas: the journal and the effects. */
@NullMarked
package com.techcorp.saga.spi;

import org.jspecify.annotations.NullMarked;
