/**
 * Authentication: what an access token says, and whether it is to be believed; passwords and e-mail
 * addresses as values that no log shows. techcorp-auth issues and verifies tokens, and hashes
 * passwords.
 */
@NullMarked
package com.techcorp.auth;

import org.jspecify.annotations.NullMarked;
