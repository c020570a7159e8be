/**
 * What {@code mvn -q -Pdemo} runs: it takes orders from a bundled shop, kills the process that
 * takes them if told to, and checks the database afterwards. Not published, not kept compatible.
 */
@NullMarked
package com.techcorp.examples.demo;

import org.jspecify.annotations.NullMarked;
