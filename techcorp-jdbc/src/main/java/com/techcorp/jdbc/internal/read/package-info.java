/**
 * The readers of the ports, and their changes outside a batch: claims, leases, backlogs. Promises
 * nothing to users.
 */
@NullMarked
package com.techcorp.jdbc.internal.read;

import org.jspecify.annotations.NullMarked;
