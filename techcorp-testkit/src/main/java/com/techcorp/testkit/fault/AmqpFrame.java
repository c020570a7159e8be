package com.techcorp.testkit.fault;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A frame of AMQP 0-9-1. */
final class AmqpFrame {
  private static final int HEAD = 7;
  private static final int METHOD = 1;
  private static final int HEADER = 2;
  private static final int BODY = 3;
  private static final int END = 0xCE;
  private static final int ACCESS_REFUSED = 403;
  private static final int CONNECTION_FORCED = 320;
  private static final int CONNECTION = 10;
  private static final int CONNECTION_CLOSE = 50;
  private static final int CHANNEL = 20;
  private static final int CHANNEL_CLOSE = 40;

  private static final Map<Integer, String> CLASSES =
      Map.of(
          CONNECTION,
          "connection",
          CHANNEL,
          "channel",
          40,
          "exchange",
          50,
          "queue",
          60,
          "basic",
          85,
          "confirm");

  /** The names of methods by class and method number; others are shown by their number. */
  private static final Map<String, String> METHODS =
      Map.ofEntries(
          Map.entry("connection.10", "start"),
          Map.entry("connection.11", "start-ok"),
          Map.entry("connection.30", "tune"),
          Map.entry("connection.31", "tune-ok"),
          Map.entry("connection.40", "open"),
          Map.entry("connection.41", "open-ok"),
          Map.entry("connection.50", "close"),
          Map.entry("connection.51", "close-ok"),
          Map.entry("channel.10", "open"),
          Map.entry("channel.11", "open-ok"),
          Map.entry("channel.40", "close"),
          Map.entry("channel.41", "close-ok"),
          Map.entry("exchange.10", "declare"),
          Map.entry("exchange.11", "declare-ok"),
          Map.entry("queue.10", "declare"),
          Map.entry("queue.11", "declare-ok"),
          Map.entry("queue.20", "bind"),
          Map.entry("queue.21", "bind-ok"),
          Map.entry("basic.10", "qos"),
          Map.entry("basic.11", "qos-ok"),
          Map.entry("basic.20", "consume"),
          Map.entry("basic.21", "consume-ok"),
          Map.entry("basic.40", "publish"),
          Map.entry("basic.60", "deliver"),
          Map.entry("basic.80", "ack"),
          Map.entry("basic.90", "reject"),
          Map.entry("basic.120", "nack"),
          Map.entry("confirm.10", "select"),
          Map.entry("confirm.11", "select-ok"));

  private final byte[] bytes;

  private AmqpFrame(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Blocks until a whole frame is read. */
  static AmqpFrame read(DataInputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD);
    if (head.length < HEAD) {
      throw new EOFException("ended between two frames, or in a frame's head");
    }
    int size = ByteBuffer.wrap(head).getInt(3);
    byte[] rest = in.readNBytes(size + 1);
    if (rest.length <= size) {
      throw new EOFException("ended in a frame");
    }
    byte[] all = new byte[HEAD + rest.length];
    System.arraycopy(head, 0, all, 0, HEAD);
    System.arraycopy(rest, 0, all, HEAD, rest.length);
    return new AmqpFrame(all);
  }

  /** Returns the bytes of the frame; do not change them. */
  byte[] bytes() {
    return bytes;
  }

  boolean isHeartbeat() {
    return bytes[0] > BODY;
  }

  boolean isMethod() {
    return bytes[0] == METHOD;
  }

  int channel() {
    return ByteBuffer.wrap(bytes).getShort(1);
  }

  /** Returns the method's name, such as {@code queue.declare}. */
  String name() {
    if (!isMethod()) {
      return bytes[0] == HEADER ? "header" : "body";
    }
    int number = ByteBuffer.wrap(bytes).getShort(HEAD);
    String type = CLASSES.getOrDefault(number, String.valueOf(number));
    String method = type + "." + ByteBuffer.wrap(bytes).getShort(HEAD + 2);
    String known = METHODS.get(method);
    return known == null ? method : type + "." + known;
  }

  /** Returns the frame by which a server closes a channel that requested something forbidden. */
  static AmqpFrame channelClose(int channel) {
    return close(channel, CHANNEL, CHANNEL_CLOSE, ACCESS_REFUSED, "ACCESS_REFUSED - by a test");
  }

  /** Returns the frame by which a server that is being stopped closes a connection. */
  static AmqpFrame connectionClose() {
    return close(
        0, CONNECTION, CONNECTION_CLOSE, CONNECTION_FORCED, "CONNECTION_FORCED - by a test");
  }

  private static AmqpFrame close(int channel, int type, int method, int code, String text) {
    byte[] why = text.getBytes(StandardCharsets.US_ASCII);
    int size = 2 + 2 + 2 + 1 + why.length + 2 + 2;
    ByteBuffer frame = ByteBuffer.allocate(HEAD + size + 1);
    frame.put((byte) METHOD).putShort((short) channel).putInt(size);
    frame.putShort((short) type).putShort((short) method);
    frame.putShort((short) code).put((byte) why.length).put(why);
    frame.putShort((short) 0).putShort((short) 0).put((byte) END);
    return new AmqpFrame(frame.array());
  }
}
