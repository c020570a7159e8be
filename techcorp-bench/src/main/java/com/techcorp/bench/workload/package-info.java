/**
 * What the clients order and whom they order from: the catalogue, the customers, a {@link
 * com.techcorp.bench.workload.Shop} and its payment provider.
 */
@NullMarked
package com.techcorp.bench.workload;

import org.jspecify.annotations.NullMarked;
