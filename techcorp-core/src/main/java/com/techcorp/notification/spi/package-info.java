/** What a storage of deliveries implements. */
@NullMarked
package com.techcorp.notification.spi;

import org.jspecify.annotations.NullMarked;
