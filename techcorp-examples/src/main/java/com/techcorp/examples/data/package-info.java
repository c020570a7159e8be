/**
 * The data that the examples, the demo and the benchmarks run on: a catalogue in English and
 * Portuguese, customers, carts and order requests, shipped as JSON and read by {@link
 * com.techcorp.examples.data.DataFiles}. All of it is invented by {@link
 * com.techcorp.examples.data.GenerateData} from a fixed seed; e-mail addresses are in the domains
 * reserved for examples. Hosts may copy the shape and put files of their own in its place; nothing
 * here is part of the engine's API.
 */
@NullMarked
package com.techcorp.examples.data;

import org.jspecify.annotations.NullMarked;
