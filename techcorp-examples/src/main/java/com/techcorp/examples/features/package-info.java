/**
 * Programs of one idea each, to read and to copy from. A test runs each of them; {@code
 * docs/examples.md} lists them. What they share is in {@link
 * com.techcorp.examples.features.ExampleShop}.
 */
@NullMarked
package com.techcorp.examples.features;

import org.jspecify.annotations.NullMarked;
