package com.techcorp.auth.service;

import com.techcorp.auth.spi.LoginLimits;
import com.techcorp.auth.spi.PasswordHasher;
import com.techcorp.auth.spi.Revocations;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.auth.spi.TokenIssuer;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.storage.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The adapters of a service, all of them there.
 *
 * @param outbox takes the events; null: there are none
 */
record AuthPorts(
    UserDirectory users,
    SessionStore sessions,
    TokenIssuer tokens,
    PasswordHasher passwords,
    Revocations revocations,
    LoginLimits limits,
    @Nullable UnitOfWork outbox) {}
