/** The SPI of a storage of deliveries. */
@NullMarked
package com.techcorp.notification.spi;

import org.jspecify.annotations.NullMarked;
