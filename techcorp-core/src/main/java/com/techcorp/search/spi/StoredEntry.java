package com.techcorp.search.spi;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an index has of a product.
 *
 * @param product its id
 * @param version the version of the last write
 * @param json the document, byte for byte; null: a tombstone
 */
public record StoredEntry(UUID product, long version, @Nullable String json) {}
