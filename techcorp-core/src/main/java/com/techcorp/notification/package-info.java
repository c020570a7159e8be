/** Messages to customers: templates, channels, and a log of every delivery. */
@NullMarked
package com.techcorp.notification;

import org.jspecify.annotations.NullMarked;
