/** What the library's packages share about failures. Promises nothing to users. */
@NullMarked
package com.techcorp.error.internal;

import org.jspecify.annotations.NullMarked;
