/**
 * The SPI that all storages share: effects as data, a rule's decision about them, a unit of work
 * that commits many of them at once, and the leases that fence the writing nodes.
 */
@NullMarked
package com.techcorp.storage;

import org.jspecify.annotations.NullMarked;
