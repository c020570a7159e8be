package com.techcorp.mail;

/** How the way to an SMTP server is encrypted. The server's name is checked wherever it is. */
public enum SmtpTls {
  /** Begins in the clear and must change to TLS before anything else; usually port 587. */
  STARTTLS(587),
  /** TLS from the first byte; usually port 465. */
  IMPLICIT(465),
  /** None: for a relay on the same machine or in a network of its own; usually port 25. */
  NONE(25);

  private final int port;

  SmtpTls(int port) {
    this.port = port;
  }

  int port() {
    return port;
  }
}
