/**
 * The SPI of search: the index that an engine implements, the plan that it translates, and the
 * journal that gives versions to what is indexed.
 */
@NullMarked
package com.techcorp.search.spi;

import org.jspecify.annotations.NullMarked;
