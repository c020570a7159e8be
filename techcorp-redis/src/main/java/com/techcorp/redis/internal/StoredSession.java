package com.techcorp.redis.internal;

import com.techcorp.auth.Session;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.error.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a session. Scripts know its form too ({@code session.lua}): the host's {@code
 * device_info} stands last, and nobody takes it apart.
 */
final class StoredSession {
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private StoredSession() {}

  /**
   * Writes a session that is not confirmed yet: it has no end.
   *
   * @throws InvalidInputException if the device info is no text that can be stored
   */
  static byte[] unconfirmed(NewSession session) {
    String head =
        String.format(
            Locale.ROOT,
            "{\"user_id\":\"%s\",\"refresh_token\":\"%s\",\"created_at\":\"%s\",\"generation\":1,"
                + "\"previous\":0,\"rotated_at\":0,\"expires_at\":0,\"idle\":%d,\"v\":1,"
                + "\"device_info\":",
            session.userId(),
            session.tokenHash(),
            INSTANT.format(session.createdAt()),
            idleMillis(session.idle()));
    ByteBuffer device = utf8(session.deviceInfo());
    byte[] before = head.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer value = ByteBuffer.allocate(before.length + device.remaining() + 1);
    return value.put(before).put(device).put((byte) '}').array();
  }

  /** Reads what {@code session_find.lua} found; empty if a value is none of ours. */
  static Optional<Session> found(UUID id, ScriptReply reply) {
    try {
      return Optional.of(
          new Session(
              id,
              UUID.fromString(reply.text(1)),
              reply.text(4),
              Instant.parse(reply.text(2)),
              Instant.ofEpochMilli(reply.number(3))));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long idleMillis(@Nullable Duration idle) {
    return idle == null ? 0 : Math.max(1, idle.toMillis());
  }

  private static ByteBuffer utf8(String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("deviceInfo", "must not contain half a surrogate pair");
    }
  }
}
