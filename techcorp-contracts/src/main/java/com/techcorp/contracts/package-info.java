/**
 * What every adapter must do, as tests: extend a contract, build your adapter, and run it. The
 * tests use the SPI only, never sleep, and do not need an empty storage.
 */
@org.jspecify.annotations.NullMarked
package com.techcorp.contracts;
