/**
 * The saga engine and what it asks of a storage. A host defines its own sagas with {@link
 * com.techcorp.saga.SagaDefinition} and {@link com.techcorp.saga.Step}; a storage implements {@link
 * com.techcorp.storage.UnitOfWork}, {@link com.techcorp.saga.spi.SagaJournal} and {@link
 * com.techcorp.storage.NodeRegistry}.
 */
@NullMarked
package com.techcorp.saga;

import org.jspecify.annotations.NullMarked;
