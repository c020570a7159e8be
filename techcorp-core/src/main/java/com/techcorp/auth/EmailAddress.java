package com.techcorp.auth;

import java.util.Objects;

/**
 * An e-mail address, in the form that identifies its mailbox and in the one that its owner wrote.
 * {@code EmailAddresses} of techcorp-auth makes one from what a client sends. Immutable; its text
 * shows no value.
 *
 * @param canonical the one form of all spellings of the address: what is unique among users, and
 *     what a user is looked up by
 * @param spelling as its owner wrote it: what mails and tokens have
 */
public record EmailAddress(String canonical, String spelling) {
  /** Refuses a null. */
  public EmailAddress {
    Objects.requireNonNull(canonical, "canonical");
    Objects.requireNonNull(spelling, "spelling");
  }

  /** Returns a description without the address: it may end up in a log. */
  @Override
  public String toString() {
    return "EmailAddress[***]";
  }
}
