/** What a storage of sagas implements: the journal, and the effects that it writes. */
@NullMarked
package com.techcorp.saga.spi;

import org.jspecify.annotations.NullMarked;
