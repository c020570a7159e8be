/**
 * Context headers: a gateway verifies a user's token once and says to the services behind it who
 * the user is. {@link com.techcorp.auth.gateway.ContextSigner} is the gateway's side, {@link
 * com.techcorp.auth.gateway.ContextVerifier} the service's. Free of frameworks: both take headers.
 */
@NullMarked
package com.techcorp.auth.gateway;

import org.jspecify.annotations.NullMarked;
