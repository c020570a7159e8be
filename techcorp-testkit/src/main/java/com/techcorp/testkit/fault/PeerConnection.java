package com.techcorp.testkit.fault;

import com.techcorp.testkit.fault.PeerFaultPoint.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A connection on which request and reply take turns. */
final class PeerConnection extends PeerLink {
  private final PeerProtocol protocol;
  private Socket client;

  PeerConnection(FaultyPeer peer, Socket client, PeerProtocol protocol) {
    super(peer, client);
    this.client = client;
    this.protocol = protocol;
  }

  @Override
  boolean begins() throws IOException, InterruptedException {
    SSLContext tls = peer.tls();
    if (tls == null) {
      return true;
    }
    PeerFault fault = peer.cross(PeerSweep.TLS, Kind.BEGINNING);
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
    if (protocol.serverBegins() && !reply(PeerSweep.GREETING, Kind.GREETING)) {
      return;
    }
    String message;
    while ((message = protocol.begin(in)) != null) {
      PeerFault fault = peer.cross(message, protocol.isAnswered() ? Kind.REQUEST : Kind.PART);
      if (fault == PeerFault.STOP_READING) {
        peer.healed().await();
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
      if (protocol.isAnswered() && !reply(PeerSweep.REPLY_TO + message, Kind.REPLY)) {
        return;
      }
    }
  }

  private boolean reply(String message, Kind kind) throws IOException, InterruptedException {
    byte[] reply = protocol.reply(server.getInputStream());
    PeerFault fault = peer.cross(message, kind);
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
