package com.techcorp.mail;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a sender.
 *
 * @param uri where mail is sent to
 * @param apiKey may send mail
 * @param envelope whom messages are from
 * @param trusted whose certificates are believed, or null: the JVM's
 * @param proxy through what requests go, or null: as the JVM's system properties say
 * @param times how long everything may take
 * @param clock what SendGrid's points in time are compared with
 * @param nanoTime a monotonic time
 */
record SendGridSetup(
    URI uri,
    String apiKey,
    Letter.Envelope envelope,
    @Nullable SSLContext trusted,
    @Nullable Proxy proxy,
    Times times,
    InstantSource clock,
    LongSupplier nanoTime) {
  /** Through what requests go. */
  record Proxy(String host, int port, @Nullable Login login) {}

  /** The user name and password for a proxy. */
  record Login(String user, String password) {
    /** Returns a description without secrets. */
    @Override
    public String toString() {
      return "Login[***]";
    }
  }

  /** How long connecting, a whole request, and a connection without a request may take. */
  record Times(Duration connect, Duration request, Duration idle) {}

  /** Returns a description without secrets. */
  @Override
  public String toString() {
    return "SendGridSetup[" + uri + "]";
  }
}
