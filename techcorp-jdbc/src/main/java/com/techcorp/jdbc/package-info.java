/**
 * PostgreSQL: {@link com.techcorp.jdbc.PostgresStorage} is the one entry. {@code …Writes} classes
 * turn effects into set-based statements, {@code PostgresUnitOfWork} sends them, {@code Postgres…}
 * classes read. {@link com.techcorp.jdbc.InvariantCheck} proves a database.
 */
@NullMarked
package com.techcorp.jdbc;

import org.jspecify.annotations.NullMarked;
