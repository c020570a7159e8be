/**
 * What the ports read, and what they change beside a batch: claims, leases, backlogs. Promises
 * nothing to users.
 */
@NullMarked
package com.techcorp.jdbc.internal.read;

import org.jspecify.annotations.NullMarked;
