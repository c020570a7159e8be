package com.techcorp.testkit.fault;

import com.techcorp.testkit.fault.PeerFaultPoint.Kind;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A connection of AMQP 0-9-1, on which both sides speak when they like. Each frame is a message;
 * heartbeats are not, since they come by the clock. Once one side misbehaves so that the connection
 * cannot go on, the other side's frames vanish.
 */
final class AmqpLink extends PeerLink {
  private static final int PROTOCOL = 8;

  private static final String CLOSED = "channel.close-ok";

  /** Channels that were ended in the server's name, until the server has ended them too. */
  private final Map<Integer, CountDownLatch> refused = new ConcurrentHashMap<>();

  private volatile boolean broken;
  private volatile int channel;

  AmqpLink(PeerCrossings crossings, InetSocketAddress server, Socket client) {
    super(crossings, server, client);
  }

  @Override
  void talk() throws IOException, InterruptedException {
    daemon(Thread.currentThread().getName() + "-replies", this::reply);
    DataInputStream in = new DataInputStream(raw.getInputStream());
    byte[] protocol = in.readNBytes(PROTOCOL);
    if (!passes(crossings.cross("protocol", Kind.PART))) {
      return;
    }
    send(protocol);
    while (true) {
      AmqpFrame frame = AmqpFrame.read(in);
      if (frame.isHeartbeat()) {
        send(frame.bytes());
      } else if (refused.containsKey(frame.channel())) {
        vanish(frame);
      } else if (!isPassedOn(frame)) {
        return;
      }
    }
  }

  /** The client may use the channel's number again once both sides know that it is closed. */
  private void vanish(AmqpFrame frame) throws InterruptedException {
    CountDownLatch ended = refused.get(frame.channel());
    if (ended != null && frame.name().equals(CLOSED)) {
      ended.await();
      refused.remove(frame.channel());
    }
  }

  private boolean isPassedOn(AmqpFrame frame) throws IOException, InterruptedException {
    PeerFault fault = crossings.cross(frame.name(), frame.isMethod() ? Kind.REQUEST : Kind.PART);
    // A channel that is being opened or closed cannot be ended: then the connection is.
    channel = frame.name().startsWith("channel.") ? 0 : frame.channel();
    if (fault == PeerFault.REFUSE_FOR_GOOD && channel > 0) {
      refused.put(channel, new CountDownLatch(1));
      send(AmqpFrame.channelClose(channel).bytes()); // the server knows nothing of the refusal
      say(refusal(true));
      return true;
    }
    if (!passes(fault)) {
      return false;
    }
    send(frame.bytes());
    return true;
  }

  private boolean passes(@Nullable PeerFault fault) throws IOException, InterruptedException {
    if (fault == null) {
      return true;
    }
    broken = fault != PeerFault.LATE;
    return survives(fault, null);
  }

  private void send(byte[] bytes) throws IOException {
    server.getOutputStream().write(bytes);
  }

  private void reply() {
    try {
      DataInputStream in = new DataInputStream(server.getInputStream());
      while (true) {
        AmqpFrame frame = AmqpFrame.read(in);
        CountDownLatch ended = refused.get(frame.channel());
        if (ended != null && frame.name().equals(CLOSED)) {
          ended.countDown();
        }
        if (broken || ended != null) {
          continue;
        }
        if (frame.isHeartbeat()) {
          say(frame.bytes());
        } else if (!isRepliedWith(frame)) {
          break;
        }
      }
    } catch (IOException e) {
      // One side is gone; what that means is for the scenario to say.
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
      refused.values().forEach(CountDownLatch::countDown);
    }
  }

  private boolean isRepliedWith(AmqpFrame frame) throws IOException, InterruptedException {
    PeerFault fault = crossings.cross(PeerCrossings.FROM_SERVER + frame.name(), Kind.REPLY);
    if (fault == PeerFault.DRIP) {
      drip(frame.bytes());
      return true;
    }
    if (!passes(fault)) {
      return false;
    }
    say(frame.bytes());
    return true;
  }

  @Override
  InputStream fromClient() throws IOException {
    return raw.getInputStream();
  }

  @Override
  byte[] refusal(boolean forGood) {
    AmqpFrame close =
        forGood && channel > 0 ? AmqpFrame.channelClose(channel) : AmqpFrame.connectionClose();
    return close.bytes();
  }

  @Override
  synchronized void say(byte[] bytes) throws IOException {
    OutputStream out = raw.getOutputStream();
    out.write(bytes);
    out.flush();
  }
}
