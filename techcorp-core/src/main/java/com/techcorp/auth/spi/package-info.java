/** The SPI of an issuer of tokens. */
@NullMarked
package com.techcorp.auth.spi;

import org.jspecify.annotations.NullMarked;
