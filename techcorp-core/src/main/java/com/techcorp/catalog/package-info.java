/** Products, as the host's catalogue knows them. */
@NullMarked
package com.techcorp.catalog;

import org.jspecify.annotations.NullMarked;
