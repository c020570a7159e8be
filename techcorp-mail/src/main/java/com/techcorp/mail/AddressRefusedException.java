package com.techcorp.mail;

/** An address that mail cannot go to. Its message names the part and why, and not the address. */
final class AddressRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  AddressRefusedException(String message) {
    super(message);
  }
}
