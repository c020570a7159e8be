/** Storage in PostgreSQL. */
@NullMarked
package com.techcorp.jdbc;

import org.jspecify.annotations.NullMarked;
