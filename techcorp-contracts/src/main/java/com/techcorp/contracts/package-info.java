/**
 * What adapters promise, as tests: a suite for each kind of adapter. Extend the suite of yours and
 * write its one method, {@code open()}, which gives the tests a new adapter. The tests use the SPI
 * only and do not sleep.
 */
@org.jspecify.annotations.NullMarked
package com.techcorp.contracts;
