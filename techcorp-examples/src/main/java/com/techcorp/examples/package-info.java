/**
 * The runner of {@code mvn -q -Pdemo} and the example of the README. Nothing here is published or
 * kept compatible.
 */
@NullMarked
package com.techcorp.examples;

import org.jspecify.annotations.NullMarked;
