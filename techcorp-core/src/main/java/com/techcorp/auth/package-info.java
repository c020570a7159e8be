/**
 * Authentication: what an access token says, and whether it is to be believed. techcorp-auth issues
 * and verifies tokens.
 */
@NullMarked
package com.techcorp.auth;

import org.jspecify.annotations.NullMarked;
