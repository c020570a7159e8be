/**
 * What is measured of stock counters in Redis: what they cost orders and refusals, and how soon a
 * unit that comes back in another process is sold.
 */
@NullMarked
package com.techcorp.bench.scenario.counters;

import org.jspecify.annotations.NullMarked;
