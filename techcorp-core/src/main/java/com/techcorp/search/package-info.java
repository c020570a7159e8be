/**
 * Search for products: what a shopper asks, the page that answers it, and what a host implements so
 * that its products are found.
 */
@NullMarked
package com.techcorp.search;

import org.jspecify.annotations.NullMarked;
