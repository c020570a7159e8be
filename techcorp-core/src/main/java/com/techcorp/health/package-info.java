/** How a process is: what it reports to its host and to operators, as values. */
@NullMarked
package com.techcorp.health;

import org.jspecify.annotations.NullMarked;
