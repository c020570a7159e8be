/**
 * E-mail: {@link com.techcorp.mail.SmtpSender} hands messages to an SMTP server, {@link
 * com.techcorp.mail.SendGridSender} to SendGrid. Both answer {@code NotSent} only where that is
 * certain, so that no customer gets a message twice.
 */
@NullMarked
package com.techcorp.mail;

import org.jspecify.annotations.NullMarked;
