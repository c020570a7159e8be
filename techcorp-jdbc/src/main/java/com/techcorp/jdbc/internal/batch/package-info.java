/**
 * How statements reach the server. Promises nothing to users. {@code PostgresUnitOfWork} commits a
 * batch of write sets in one round trip, {@code Transactions} runs everything else; both take the
 * settings of a transaction from {@code TransactionSetup}, and connections from {@code
 * Connections}.
 */
@NullMarked
package com.techcorp.jdbc.internal.batch;

import org.jspecify.annotations.NullMarked;
