/**
 * Refresh tokens: {@link com.techcorp.auth.session.RefreshTokens} derives and recognises them,
 * {@link com.techcorp.auth.session.SessionRefresh} rotates the one of a session.
 */
@NullMarked
package com.techcorp.auth.session;

import org.jspecify.annotations.NullMarked;
