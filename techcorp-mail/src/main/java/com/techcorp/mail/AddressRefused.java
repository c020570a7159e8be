package com.techcorp.mail;

/** An address that mail cannot go to. Its message names the part and why, and not the address. */
final class AddressRefused extends Exception {
  private static final long serialVersionUID = 1L;

  AddressRefused(String message) {
    super(message);
  }
}
