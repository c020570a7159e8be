package com.techcorp.auth.service;

import com.techcorp.auth.EmailAddress;
import com.techcorp.error.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Proofs that a device has logged in to an account before, which nobody else can make: a random id
 * of the device, the second of its last login, and an HMAC over both and the account. So a proof is
 * of no use for another account, and nothing needs to be stored. Thread-safe.
 */
final class DeviceProofs {
  private static final String FIELD = "deviceProof";
  private static final String PURPOSE = "techcorp-device-proof-1";

  private static final int ID_BYTES = 16;
  private static final int TIME_BYTES = 8;
  private static final int MAC_BYTES = 32;
  private static final int ALL_BYTES = ID_BYTES + TIME_BYTES + MAC_BYTES;

  /** What is longer is no proof that a client holds by mistake. */
  private static final int LONGEST = 256;

  /** The first one makes proofs, all recognise them. */
  private final List<KeyedHash> keys;

  private final Duration memory;
  private final InstantSource clock;

  DeviceProofs(List<byte[]> secrets, Duration memory, InstantSource clock) {
    this.keys = secrets.stream().map(secret -> new KeyedHash(secret, PURPOSE)).toList();
    this.memory = memory;
    this.clock = clock;
  }

  /** A device by its random id. */
  record Device(UUID id) {}

  /**
   * Returns the device that proves an earlier login to this account.
   *
   * @param proof as the client sent it; whatever is not genuine, is too old or was made for another
   *     account proves nothing
   * @throws InvalidInputException if it is much too long
   */
  Optional<Device> recognised(EmailAddress account, @Nullable String proof) {
    if (proof == null) {
      return Optional.empty();
    }
    if (proof.length() > LONGEST) {
      throw new InvalidInputException(FIELD, "must have " + LONGEST + " characters at the most");
    }
    byte[] bytes = decoded(proof);
    if (bytes.length != ALL_BYTES || !isGenuine(account, bytes)) {
      return Optional.empty();
    }
    ByteBuffer fields = ByteBuffer.wrap(bytes);
    Device device = new Device(new UUID(fields.getLong(), fields.getLong()));
    Instant end = Instant.ofEpochSecond(fields.getLong()).plus(memory);
    return clock.instant().isBefore(end) ? Optional.of(device) : Optional.empty();
  }

  private static byte[] decoded(String proof) {
    try {
      return Base64.getUrlDecoder().decode(proof);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private boolean isGenuine(EmailAddress account, byte[] proof) {
    byte[] said = Arrays.copyOfRange(proof, ID_BYTES + TIME_BYTES, ALL_BYTES);
    byte[] content = content(account, Arrays.copyOf(proof, ID_BYTES + TIME_BYTES));
    boolean genuine = false;
    for (KeyedHash key : keys) {
      genuine |= MessageDigest.isEqual(said, key.of(content));
    }
    return genuine;
  }

  /** Returns a proof for a device that has just logged in; null: one that was not known. */
  String proof(EmailAddress account, @Nullable Device known) {
    UUID id = known == null ? UUID.randomUUID() : known.id();
    byte[] said =
        ByteBuffer.allocate(ID_BYTES + TIME_BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .putLong(clock.instant().getEpochSecond())
            .array();
    byte[] mac = keys.get(0).of(content(account, said));
    byte[] all = ByteBuffer.allocate(ALL_BYTES).put(said).put(mac).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /** The part before the account has a fixed length, so there is only one way to read it. */
  private static byte[] content(EmailAddress account, byte[] said) {
    byte[] canonical = account.canonical().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(said.length + canonical.length).put(said).put(canonical).array();
  }
}
