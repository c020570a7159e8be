/**
 * Logging in: {@link com.techcorp.auth.service.AuthService} puts users, sessions, tokens, passwords
 * and limits together, and gives the {@link com.techcorp.auth.Authenticator}.
 */
@NullMarked
package com.techcorp.auth.service;

import org.jspecify.annotations.NullMarked;
