/** Failure handling that the library's packages share. Promises nothing to users. */
@NullMarked
package com.techcorp.error.internal;

import org.jspecify.annotations.NullMarked;
