package com.techcorp.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the socket of one connection and remembers it. Angus Mail asks it for no more than that.
 */
final class SmtpSockets extends SocketFactory {
  private final Duration writeTimeout;
  private final ScheduledExecutorService timer;
  private final SocketDeadline deadline;
  private @Nullable SmtpSocket socket;

  SmtpSockets(Duration writeTimeout, ScheduledExecutorService timer) {
    this.writeTimeout = writeTimeout;
    this.timer = timer;
    this.deadline = new SocketDeadline(timer);
  }

  /**
   * Returns the properties of a session whose connection comes from here. Never falls back to a
   * socket of another kind.
   *
   * @param common what all connections have
   * @param tls makes TLS of a connection from its first byte on, or null if it begins in the clear
   */
  Properties into(Properties common, @Nullable SSLSocketFactory tls) {
    Properties own = new Properties();
    own.putAll(common);
    own.put("mail.smtp.socketFactory", this);
    own.put("mail.smtp.socketFactory.fallback", "false");
    if (tls != null) {
      own.put("mail.smtp.ssl.socketFactory", new Encrypted(tls));
    }
    return own;
  }

  /** Returns the socket, or null before it was made. */
  synchronized @Nullable SmtpSocket socket() {
    return socket;
  }

  /** Returns the deadline at which the socket is closed. */
  SocketDeadline deadline() {
    return deadline;
  }

  private synchronized SmtpSocket over(Socket plain) throws IOException {
    SmtpSocket made = new SmtpSocket(plain, writeTimeout, timer);
    deadline.guard(made);
    socket = made;
    return made;
  }

  @Override
  public Socket createSocket() throws IOException {
    return over(new Socket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw connected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw connected();
  }

  private static SocketException connected() {
    return new SocketException("it makes no connected sockets");
  }

  /** For TLS from the first byte on Angus Mail connects a socket of its own and hands it over. */
  private final class Encrypted extends SSLSocketFactory {
    private final SSLSocketFactory tls;

    Encrypted(SSLSocketFactory tls) {
      this.tls = tls;
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
        throws IOException {
      return tls.createSocket(over(plain), host, port, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return tls.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      throw connected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      throw connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      throw connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      throw connected();
    }
  }
}
