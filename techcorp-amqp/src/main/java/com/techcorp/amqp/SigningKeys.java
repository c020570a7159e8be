package com.techcorp.amqp;

import com.techcorp.error.WiringException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys that sign published messages, so that consumers reject messages from publishers without the
 * keys. Immutable; shows no key.
 *
 * <p>To change a key without losing a message, first have all processes accept the new one ({@code
 * of(old).alsoAccepting(new)}), then sign with it ({@code of(new).alsoAccepting(old)}), and leave
 * the old one out once no queue holds what it signed, dead letters included. To begin with
 * signatures, have all processes sign and accept what is not signed first.
 */
public final class SigningKeys {
  static final String ALGORITHM = "HmacSHA256";

  private static final int LEAST_BYTES = 32;

  private final List<SecretKeySpec> keys;
  private final boolean acceptsUnsigned;

  private SigningKeys(List<SecretKeySpec> keys, boolean acceptsUnsigned) {
    this.keys = keys;
    this.acceptsUnsigned = acceptsUnsigned;
  }

  /**
   * Signs with a key, and accepts what was signed with it.
   *
   * @param key at least 32 random bytes; copied
   * @return the keys
   * @throws WiringException if it is shorter
   */
  public static SigningKeys of(byte[] key) {
    return new SigningKeys(List.of(checked(key)), false);
  }

  /**
   * Accepts what was signed with another key, too.
   *
   * @param key at least 32 random bytes; copied
   * @return a changed copy
   * @throws WiringException if it is shorter
   */
  public SigningKeys alsoAccepting(byte[] key) {
    List<SecretKeySpec> more = new ArrayList<>(keys);
    more.add(checked(key));
    return new SigningKeys(List.copyOf(more), acceptsUnsigned);
  }

  /**
   * Accepts what is not signed, too: while processes that do not sign yet are replaced.
   *
   * @return a changed copy
   */
  public SigningKeys alsoAcceptingUnsigned() {
    return new SigningKeys(keys, true);
  }

  private static SecretKeySpec checked(byte[] key) {
    if (key.length < LEAST_BYTES) {
      throw new WiringException(
          "a key to sign with must have at least " + LEAST_BYTES + " bytes, has " + key.length);
    }
    return new SecretKeySpec(key, ALGORITHM);
  }

  SecretKeySpec signing() {
    return keys.get(0);
  }

  List<SecretKeySpec> accepted() {
    return keys;
  }

  boolean acceptsUnsigned() {
    return acceptsUnsigned;
  }

  /** Returns a description without secrets. */
  @Override
  public String toString() {
    return "SigningKeys[" + keys.size() + "]";
  }
}
