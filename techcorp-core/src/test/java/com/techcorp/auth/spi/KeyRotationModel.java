package com.techcorp.auth.spi;

import com.techcorp.auth.spi.KeyChange.Add;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Issuers that share keys, verifiers that go on with a document for its whole maximum age and ask
 * for no unknown key, and time that passes second by second.
 *
 * <p>What can go wrong, goes wrong: a change of the store is seen late; an issuer cannot read the
 * store for a while, and goes on with what it has for as long as it may; clocks differ by the skew;
 * operators rotate and remove keys. Each second, each token that may be valid is presented to each
 * verifier.
 */
final class KeyRotationModel {
  private static final Instant START = Instant.parse("2024-06-15T12:00:00Z");
  private static final int REFRESH = 5;
  private static final int MAX_AGE = 30;
  private static final int LIFETIME = 60;
  private static final int SKEW = 5;

  /** Those of the schedule count. */
  private static final KeyTerms ANY = new KeyTerms(Duration.ofSeconds(1), Duration.ofSeconds(1));

  /** A key signs so long, or in every other run no longer than it must. */
  private static final int[] ROTATE = {150, 1};

  /** How long an issuer goes on with what it read; a change is seen within a refresh more. */
  private static final int STALE = 20;

  /** What issuers do by: the rules, or something that is wrong. */
  interface Rules {
    KeyStep due(KeySnapshot keys, KeySchedule schedule);
  }

  private final Random random;
  private final Rules rules;
  private final int stale;
  private final KeySchedule schedule;
  private final List<Issuer> issuers = new ArrayList<>();
  private final List<Verifier> verifiers = new ArrayList<>();

  /** Of each key the one that ends last: where it is accepted, so are those before it. */
  private final Map<String, Token> tokens = new HashMap<>();

  private final Set<String> exempt = new HashSet<>();
  private List<StoredKey> keys = List.of();
  private @Nullable List<StoredKey> uncommitted;
  private int commitsAt;
  private int made;
  private int activations;
  private int now;

  /**
   * @param stale how long an issuer goes on with what it read, in seconds
   */
  KeyRotationModel(long seed, Rules rules, int stale) {
    this.random = new Random(seed);
    this.rules = rules;
    this.stale = stale;
    this.schedule =
        new KeySchedule(
            KeyTerms.of(
                Duration.ofSeconds(MAX_AGE),
                Duration.ofSeconds(STALE + REFRESH),
                Duration.ofSeconds(LIFETIME),
                Duration.ofSeconds(SKEW)),
            Optional.of(Duration.ofSeconds(ROTATE[random.nextInt(ROTATE.length)])));
    for (int i = 0; i < 3; i++) {
      issuers.add(new Issuer());
      verifiers.add(new Verifier());
    }
  }

  /** By the rules as they are. */
  static KeyRotationModel of(long seed) {
    return of(seed, KeyRules::due);
  }

  /** By other rules. */
  static KeyRotationModel of(long seed, Rules rules) {
    return new KeyRotationModel(seed, rules, STALE);
  }

  /** What lies between does less harm. */
  private int someSkew() {
    return random.nextBoolean() ? 0 : SKEW;
  }

  private record Token(String keyId, int issuedAt) {}

  private record Document(Set<String> keyIds, int fetchedAt) {}

  private final class Issuer {
    private final int clock = someSkew();
    private @Nullable KeySnapshot view;
    private int readAt;
    private int nextRead;

    void pass() {
      if (now < nextRead) {
        return;
      }
      KeyStep step = rules.due(read(), schedule);
      while (step instanceof KeyStep.Generate || step instanceof KeyStep.Apply) {
        if (!change(step) || !commits()) {
          break;
        }
        step = rules.due(read(), schedule);
      }
      view = read();
      readAt = now;
      nextRead = now + (random.nextInt(6) == 0 ? random.nextInt(60) : REFRESH);
    }

    private boolean change(KeyStep step) {
      return step instanceof KeyStep.Apply apply
          ? KeyRotationModel.this.change(apply.change())
          : KeyRotationModel.this.change(new Add("k" + (made + 1), "public", "wrapped", ANY));
    }

    /** Returns what it may go on with. */
    @Nullable KeySnapshot usable() {
      return view == null || now - readAt > stale ? null : view;
    }
  }

  private final class Verifier {
    private final int clock = someSkew();
    private @Nullable Document document;

    boolean holds(Token token) {
      int local = now + clock;
      return local < token.issuedAt() + LIFETIME + SKEW && token.issuedAt() <= local + SKEW;
    }

    /** Returns whether it has the key, or cannot get any document. */
    boolean accepts(Token token) {
      Document current = document;
      if (current == null || now - current.fetchedAt() > MAX_AGE) {
        current = fetched();
        document = current;
      }
      return current == null || current.keyIds().contains(token.keyId());
    }

    private @Nullable Document fetched() {
      KeySnapshot published = issuers.get(random.nextInt(issuers.size())).usable();
      return published == null || published.keys().isEmpty()
          ? null
          : new Document(ids(published), now);
    }
  }

  private static Set<String> ids(KeySnapshot keys) {
    Set<String> ids = new HashSet<>();
    keys.keys().forEach(key -> ids.add(key.id()));
    return ids;
  }

  private KeySnapshot read() {
    return new KeySnapshot(
        keys.stream().filter(key -> key.state().isLive()).toList(), START.plusSeconds(now));
  }

  /**
   * Makes a change, which is seen within a refresh; a second one waits, here: in vain.
   *
   * @return whether it was made
   */
  private boolean change(KeyChange change) {
    if (uncommitted != null) {
      return false;
    }
    List<StoredKey> changed = KeyRules.applied(keys, change, START.plusSeconds(now)).orElse(null);
    if (changed == null) {
      return false;
    }
    if (change instanceof KeyChange.Activate) {
      activations++;
    }
    if (change instanceof Add) {
      made++;
    }
    uncommitted = changed;
    commitsAt = now + (random.nextBoolean() ? 0 : REFRESH - 1);
    return true;
  }

  /** Returns whether what was changed can be seen. */
  private boolean commits() {
    if (uncommitted != null && now >= commitsAt) {
      keys = uncommitted;
      uncommitted = null;
    }
    return uncommitted == null;
  }

  /**
   * Lets time pass.
   *
   * @return what went wrong first; null if nothing did
   */
  @Nullable String run(int seconds) {
    for (now = 0; now < seconds; now++) {
      commits();
      issuers.forEach(Issuer::pass);
      operate();
      issuers.forEach(this::issue);
      String wrong = wrong();
      if (wrong != null) {
        return "after " + now + " s: " + wrong;
      }
    }
    return null;
  }

  int activations() {
    return activations;
  }

  private void operate() {
    if (random.nextInt(200) == 0
        && KeyRules.rotation(read(), schedule) instanceof KeyStep.Apply apply) {
      change(apply.change());
    }
    if (random.nextInt(1_000) == 0) {
      read().active().ifPresent(this::remove);
    }
  }

  /** Removes a key that leaked, and leaves to itself what cannot be had then. */
  private void remove(StoredKey leaked) {
    KeySnapshot before = read();
    if (change(new KeyChange.Remove(leaked.id()))) {
      exempt.add(leaked.id());
      boolean ready =
          before
              .next()
              .filter(next -> !before.readAt().isBefore(schedule.maySignFrom(next)))
              .isPresent();
      if (!ready) {
        // It signs at once, or nobody could log in.
        exempt.add(before.next().map(StoredKey::id).orElse("k" + (made + 1)));
      }
      tokens.keySet().removeAll(exempt);
    }
  }

  private void issue(Issuer issuer) {
    KeySnapshot usable = issuer.usable();
    if (usable == null) {
      return;
    }
    usable
        .active()
        .map(key -> new Token(key.id(), now + issuer.clock))
        .filter(token -> !exempt.contains(token.keyId()))
        .ifPresent(token -> tokens.merge(token.keyId(), token, KeyRotationModel::later));
  }

  private @Nullable String wrong() {
    long active = keys.stream().filter(key -> key.state() == KeyState.ACTIVE).count();
    if (active > 1) {
      return active + " keys sign";
    }
    tokens.values().removeIf(token -> verifiers.stream().noneMatch(it -> it.holds(token)));
    for (Token token : tokens.values()) {
      for (Verifier verifier : verifiers) {
        if (verifier.holds(token) && !verifier.accepts(token)) {
          return "a good token of " + token.keyId() + " is refused, in " + keys;
        }
      }
    }
    return null;
  }

  private static Token later(Token one, Token other) {
    return one.issuedAt() > other.issuedAt() ? one : other;
  }
}
