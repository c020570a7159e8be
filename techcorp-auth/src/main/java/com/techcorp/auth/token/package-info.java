/**
 * Access tokens: {@link com.techcorp.auth.token.AccessTokens} issues and verifies signed tokens
 * (JWT, RS256), {@link com.techcorp.auth.token.TokenKeys} are the keys of the one who issues them.
 */
@NullMarked
package com.techcorp.auth.token;

import org.jspecify.annotations.NullMarked;
