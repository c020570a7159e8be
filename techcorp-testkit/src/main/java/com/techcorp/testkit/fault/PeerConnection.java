package com.techcorp.testkit.fault;

import com.techcorp.testkit.fault.PeerFaultPoint.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A connection on which request and reply take turns. */
final class PeerConnection extends PeerLink {
  private final PeerProtocol protocol;
  private final @Nullable SSLContext tls;
  private Socket client;

  PeerConnection(
      PeerCrossings crossings,
      InetSocketAddress server,
      Socket client,
      @Nullable SSLContext tls,
      PeerProtocol protocol) {
    super(crossings, server, client);
    this.client = client;
    this.tls = tls;
    this.protocol = protocol;
  }

  @Override
  boolean begins() throws IOException, InterruptedException {
    if (tls == null) {
      return true;
    }
    PeerFault fault = crossings.cross(PeerCrossings.TLS, Kind.BEGINNING);
    if (fault != null && !survives(fault, null)) {
      return false;
    }
    SSLSocket encrypted =
        (SSLSocket) tls.getSocketFactory().createSocket(raw, "localhost", raw.getPort(), true);
    encrypted.setUseClientMode(false);
    encrypted.startHandshake();
    client = encrypted;
    return true;
  }

  @Override
  void talk() throws IOException, InterruptedException {
    PushbackInputStream in = new PushbackInputStream(client.getInputStream());
    if (protocol.serverBegins() && !reply(PeerCrossings.GREETING, Kind.GREETING)) {
      return;
    }
    String message;
    while ((message = protocol.begin(in)) != null) {
      PeerFault fault = crossings.cross(message, protocol.isAnswered() ? Kind.REQUEST : Kind.PART);
      if (fault == PeerFault.STOP_READING) {
        crossings.awaitHealed();
        return;
      }
      byte[] request = protocol.request(in);
      if (fault != null && fault.refuses()) {
        say(protocol.refusal(fault == PeerFault.REFUSE_FOR_GOOD));
        if (!protocol.goesOnAfterRefusal()) {
          return;
        }
        continue;
      }
      if (fault != null && !survives(fault, in)) {
        return;
      }
      server.getOutputStream().write(request);
      if (protocol.isAnswered() && !reply(PeerCrossings.REPLY_TO + message, Kind.REPLY)) {
        return;
      }
    }
  }

  private boolean reply(String message, Kind kind) throws IOException, InterruptedException {
    byte[] reply = protocol.reply(server.getInputStream());
    PeerFault fault = crossings.cross(message, kind);
    if (fault == PeerFault.DRIP) {
      drip(reply);
      return true;
    }
    if (fault != null && !survives(fault, null)) {
      return false;
    }
    say(reply);
    return true;
  }

  @Override
  InputStream fromClient() throws IOException {
    return client.getInputStream();
  }

  @Override
  byte[] refusal(boolean forGood) {
    return protocol.refusal(forGood);
  }

  @Override
  void say(byte[] bytes) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(bytes);
    out.flush();
  }
}
