/** Stock in the saga's own storage. Promises nothing to users. */
@NullMarked
package com.techcorp.inventory.internal;

import org.jspecify.annotations.NullMarked;
