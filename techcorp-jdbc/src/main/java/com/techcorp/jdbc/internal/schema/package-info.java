/** How the schemas are created and updated with Flyway. Promises nothing to users. */
@NullMarked
package com.techcorp.jdbc.internal.schema;

import org.jspecify.annotations.NullMarked;
