/**
 * The ways to take orders that are compared: the engine, as a host runs it, and the {@linkplain
 * com.techcorp.bench.floor floors}.
 */
@NullMarked
package com.techcorp.bench.contender;

import org.jspecify.annotations.NullMarked;
