/**
 * The saga engine and what it asks of a storage. A host defines its own sagas with {@link
 * com.techcorp.saga.SagaDefinition} and {@link com.techcorp.saga.Step}; a storage implements {@link
 * com.techcorp.saga.UnitOfWork}, {@link com.techcorp.saga.SagaJournal} and {@link
 * com.techcorp.saga.NodeRegistry}.
 */
@NullMarked
package com.techcorp.saga;

import org.jspecify.annotations.NullMarked;
