/**
 * E-mail addresses: {@link com.techcorp.auth.email.EmailAddresses} brings the spellings of one
 * mailbox into one form.
 */
@NullMarked
package com.techcorp.auth.email;

import org.jspecify.annotations.NullMarked;
