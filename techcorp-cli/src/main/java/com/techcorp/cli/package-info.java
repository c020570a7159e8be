/**
 * What operators run from a command line: the check, dead letters, events sent again, what is at
 * the broker, and a user's sessions.
 */
@NullMarked
package com.techcorp.cli;

import org.jspecify.annotations.NullMarked;
