/**
 * What operators run from a command line: the check, dead letters, events sent again, and what is
 * at the broker.
 */
@NullMarked
package com.techcorp.cli;

import org.jspecify.annotations.NullMarked;
