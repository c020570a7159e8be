package com.techcorp.auth.spi;

/**
 * Tells whether a user's sessions were all ended in the meantime. Opaque: only the store that made
 * it understands it.
 *
 * @param value a text of the store's; empty if the user's sessions were never ended
 */
public record SessionEpoch(String value) {}
