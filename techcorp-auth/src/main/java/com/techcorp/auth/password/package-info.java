/**
 * Passwords: {@link com.techcorp.auth.password.Argon2Passwords} hashes them and compares them with
 * stored hashes, also with those of older systems; {@link
 * com.techcorp.auth.password.PasswordPolicy} says which may be set.
 */
@NullMarked
package com.techcorp.auth.password;

import org.jspecify.annotations.NullMarked;
