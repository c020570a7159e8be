/**
 * What operators run from a command line: the check, dead letters, events sent again, what is at
 * the broker, a user's sessions, and the keys that sign access tokens.
 */
@NullMarked
package com.techcorp.cli;

import org.jspecify.annotations.NullMarked;
