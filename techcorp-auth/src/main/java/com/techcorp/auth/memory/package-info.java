/**
 * Stores of authentication within one process: for hosts that run one process, and for tests. What
 * they hold is lost when the process ends.
 */
@NullMarked
package com.techcorp.auth.memory;

import org.jspecify.annotations.NullMarked;
