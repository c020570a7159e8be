/**
 * What is measured of trust: what the trouble of one product, consumer, gateway or process does to
 * the others.
 */
@NullMarked
package com.techcorp.bench.scenario.trust;

import org.jspecify.annotations.NullMarked;
