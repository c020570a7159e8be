/**
 * What every storage offers: effects as data, what a rule decides about them, a unit of work that
 * commits many of them at once, and the leases that fence the nodes which write.
 */
@NullMarked
package com.techcorp.storage;

import org.jspecify.annotations.NullMarked;
