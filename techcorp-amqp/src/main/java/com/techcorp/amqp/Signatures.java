package com.techcorp.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs messages and checks signatures: over what a message is for, its body, where its answer
 * goes, and which stream it belongs to. A broker moves a message with its headers, so a dead letter
 * keeps its signature; nothing is signed again that came from elsewhere.
 */
final class Signatures {
  /** Header of a signed message. */
  static final String SIGNATURE = "techcorp-signature";

  /** The purposes of signed messages; a reply must not pass as an event. */
  enum Purpose {
    EVENT,
    REQUEST,
    REPLY
  }

  private Signatures() {}

  /** Returns the properties with a signature, if there are keys. */
  static BasicProperties signed(
      @Nullable SigningKeys keys, Purpose purpose, BasicProperties properties, byte[] body) {
    if (keys == null) {
      return properties;
    }
    Map<String, Object> headers = new HashMap<>();
    if (properties.getHeaders() != null) {
      headers.putAll(properties.getHeaders());
    }
    byte[] signature = signature(keys.signing(), purpose, properties, body);
    headers.put(SIGNATURE, Base64.getEncoder().encodeToString(signature));
    return properties.builder().headers(headers).build();
  }

  /**
   * Lets pass what was signed with one of our keys, or everything if there are none.
   *
   * @throws Fields.MalformedException otherwise
   */
  static void check(
      @Nullable SigningKeys keys, Purpose purpose, BasicProperties properties, byte[] body)
      throws Fields.MalformedException {
    if (keys == null) {
      return;
    }
    Object given = properties.getHeaders() == null ? null : properties.getHeaders().get(SIGNATURE);
    if (given == null) {
      if (!keys.acceptsUnsigned()) {
        throw new Fields.MalformedException("it is not signed");
      }
      return;
    }
    byte[] signature = decoded(given.toString());
    for (SecretKeySpec key : keys.accepted()) {
      if (MessageDigest.isEqual(signature, signature(key, purpose, properties, body))) {
        return;
      }
    }
    throw new Fields.MalformedException("it is signed with no key of ours");
  }

  private static byte[] decoded(String signature) {
    try {
      return Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] signature(
      SecretKeySpec key, Purpose purpose, BasicProperties properties, byte[] body) {
    try {
      Mac mac = Mac.getInstance(SigningKeys.ALGORITHM);
      mac.init(key);
      part(mac, purpose.name());
      part(mac, properties.getReplyTo());
      part(mac, properties.getCorrelationId());
      part(mac, header(properties, EventMessage.STREAM));
      part(mac, header(properties, EventMessage.SEQUENCE));
      mac.update(body);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + SigningKeys.ALGORITHM, e);
    }
  }

  private static @Nullable String header(BasicProperties properties, String name) {
    Object value = properties.getHeaders() == null ? null : properties.getHeaders().get(name);
    return value == null ? null : value.toString();
  }

  /** Adds a part with its length, so that no two messages have the same bytes. */
  private static void part(Mac mac, @Nullable String text) {
    byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(text == null ? -1 : bytes.length).array());
    mac.update(bytes);
  }
}
