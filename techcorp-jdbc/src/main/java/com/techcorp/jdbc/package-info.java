/**
 * PostgreSQL: {@link com.techcorp.jdbc.PostgresStorage} is the one entry, {@link
 * com.techcorp.jdbc.SchemaNames} names its schemas, {@link com.techcorp.jdbc.InvariantCheck} checks
 * a database, and an {@link com.techcorp.jdbc.EffectWriter} writes effects of your own. What stands
 * in {@code internal} promises nothing.
 */
@NullMarked
package com.techcorp.jdbc;

import org.jspecify.annotations.NullMarked;
