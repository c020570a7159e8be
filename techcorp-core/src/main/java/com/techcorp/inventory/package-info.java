/** Stock: holds with a time to live, sales, returns, goods in. */
@NullMarked
package com.techcorp.inventory;

import org.jspecify.annotations.NullMarked;
