/**
 * How effects become statements. Promises nothing to users. Each {@code …Writes} writes the effects
 * of one port for a whole batch; its guard decides row by row, after a statement said that
 * something does not hold.
 */
@NullMarked
package com.techcorp.jdbc.internal.write;

import org.jspecify.annotations.NullMarked;
