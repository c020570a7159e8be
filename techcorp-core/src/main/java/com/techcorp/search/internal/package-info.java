/** Plans queries, keeps indexes up to date with the catalogue. No promise. */
@NullMarked
package com.techcorp.search.internal;

import org.jspecify.annotations.NullMarked;
