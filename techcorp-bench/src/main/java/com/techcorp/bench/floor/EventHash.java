package com.techcorp.bench.floor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/** {@code orders.link} in Java. */
final class EventHash {
  private EventHash() {}

  static byte[] link(byte[] previous, UUID id, int seq, String type, String data, Instant at) {
    long micros = at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    String text = id + "|" + seq + "|" + type + "|" + data + "|" + micros;
    MessageDigest sha = sha256();
    sha.update(previous);
    return sha.digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
