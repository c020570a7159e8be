/**
 * The checks at start, and the rules that a database must keep. Promises nothing to users. Each
 * rule is a query in the resources beside this package.
 */
@NullMarked
package com.techcorp.jdbc.internal.check;

import org.jspecify.annotations.NullMarked;
