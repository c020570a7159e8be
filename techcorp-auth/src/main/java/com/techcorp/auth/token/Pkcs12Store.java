package com.techcorp.auth.token;

import com.techcorp.error.WiringException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private key in a PKCS#12 store. No exception has a cause: it might quote what the store holds.
 */
final class Pkcs12Store {
  private Pkcs12Store() {}

  /**
   * Reads a key.
   *
   * @param alias the entry's; null for the only private key
   */
  static RSAPrivateCrtKey privateKey(byte[] store, char[] password, @Nullable String alias) {
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(new ByteArrayInputStream(store), password);
      Key key = keys.getKey(alias == null ? onlyKey(keys) : alias, password);
      if (key instanceof RSAPrivateCrtKey rsa) {
        return rsa;
      }
      throw new WiringException("the PKCS#12 store has no RSA private key under this alias");
    } catch (IOException | GeneralSecurityException e) {
      throw new WiringException(
          "the PKCS#12 store cannot be read: the password is wrong, or it is damaged");
    }
  }

  private static String onlyKey(KeyStore keys) throws GeneralSecurityException {
    List<String> aliases = new ArrayList<>();
    for (String alias : Collections.list(keys.aliases())) {
      if (keys.isKeyEntry(alias)) {
        aliases.add(alias);
      }
    }
    if (aliases.size() != 1) {
      throw new WiringException(
          "the PKCS#12 store has " + aliases.size() + " private keys: name the alias of one");
    }
    return aliases.get(0);
  }
}
