/** How messages are rendered, sent and logged. Promises nothing to users. */
@NullMarked
package com.techcorp.notification.internal;

import org.jspecify.annotations.NullMarked;
