/**
 * The SPI of authentication: what stores, hashers and issuers do, and the rules that stores share.
 */
@NullMarked
package com.techcorp.auth.spi;

import org.jspecify.annotations.NullMarked;
