package com.techcorp.auth.token;

import com.techcorp.auth.AccessToken;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.auth.spi.StoredKey;
import com.techcorp.json.JsonObject;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Issuers, each a process of its own, whose keys are in one store. The clock is stepped, and no key
 * is read by itself.
 */
final class TestIssuers implements AutoCloseable {
  /** So long a key is published before it signs. */
  static final Duration PUBLISHED = Duration.ofMinutes(6);

  static final KeyWrapping WRAPPING = KeyWrapping.of("1", KeyWrappingTest.key(1));

  private final SteppedClock clock = TestTokens.clock();
  private final SigningKeyStore store = MemoryStorage.create(clock).signingKeys();
  private final UnsteadyStore unsteady = new UnsteadyStore(store);
  private final KeyPool pool = new KeyPool();
  private final List<SharedKeys> opened = new ArrayList<>();

  @Override
  public void close() {
    opened.forEach(SharedKeys::close);
  }

  void closeLater(SharedKeys keys) {
    opened.add(keys);
  }

  SteppedClock clock() {
    return clock;
  }

  SigningKeyStore store() {
    return store;
  }

  KeyPool pool() {
    return pool;
  }

  /** Whether the issuers can reach the store. */
  void storeIsAway(boolean away) {
    unsteady.away(away);
  }

  /** A process that makes its keys. */
  SharedKeys process() {
    return process(WRAPPING);
  }

  SharedKeys process(KeyWrapping wrapping) {
    SharedKeys keys = SharedKeys.builder(unsteady, wrapping).clock(clock).build(pool);
    opened.add(keys);
    keys.refresh();
    return keys;
  }

  /** A process with keys from files. */
  SharedKeys loading(SigningKey key) {
    SharedKeys keys = SharedKeys.builder(unsteady, WRAPPING).clock(clock).loading(key).build(pool);
    opened.add(keys);
    keys.load(key);
    return keys;
  }

  AccessTokens tokens(SharedKeys keys) {
    return AccessTokens.of(keys, TokenOptions.DEFAULT, clock);
  }

  AccessToken issued(SharedKeys keys) {
    return tokens(keys).issue(TestTokens.USER, TestTokens.EMAIL, TestTokens.SESSION);
  }

  TokenVerdict verdict(SharedKeys keys, AccessToken token) {
    return tokens(keys).verify(token.value());
  }

  static String keyOf(AccessToken token) {
    return JsonObject.parse(TestTokens.decoded(token.value(), 0)).text("kid");
  }

  static List<String> published(SharedKeys keys) {
    return JsonObject.parse(keys.jwks().json()).objects("keys").stream()
        .map(key -> key.text("kid"))
        .toList();
  }

  String active() {
    return store.read().active().orElseThrow().id();
  }

  List<String> ids() {
    return store.read().keys().stream().map(StoredKey::id).toList();
  }

  List<String> states() {
    return store.read().keys().stream().map(key -> key.state().name()).toList();
  }

  static String id(SigningKey key) {
    return key.verificationKey().id();
  }
}
