package com.techcorp.mail;

import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The server that mail goes to.
 *
 * @param host its name, which its certificate must show
 * @param port 1 to 65535
 * @param tls how the way is encrypted
 * @param login who we are to it, or null: nobody
 * @param trusted makes TLS of a connection, or null: as the JVM does
 */
record SmtpServer(
    String host, int port, SmtpTls tls, @Nullable Login login, @Nullable SSLSocketFactory trusted) {
  /** The user name and password for the server. */
  record Login(String user, String password) {
    /** Returns a description without secrets. */
    @Override
    public String toString() {
      return "Login[***]";
    }
  }

  String name() {
    return host + ":" + port;
  }

  @Nullable SSLSocketFactory implicitTls() {
    if (tls != SmtpTls.IMPLICIT) {
      return null;
    }
    return trusted == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : trusted;
  }
}
