package com.techcorp.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.AccessToken;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.TokenVerifier;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.error.UnavailableException;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Keys rotate while tokens are issued and verified, on a stepped clock. {@code KeyRotationModel} of
 * the core runs the same rules more often, without signatures.
 */
class KeyRotationTest {
  private static final KeyWrapping WRAPPING = KeyWrapping.of("1", KeyWrappingTest.key(1));
  private static final int PROCESSES = 3;
  private static final int SKEW = 5;

  @Test
  @Tag("T36")
  void verifiersThatKeepKeysForFiveMinutesRefuseNoGoodTokenIn3Runs() {
    run(3);
  }

  @Test
  @Tag("soak")
  void verifiersThatKeepKeysForFiveMinutesRefuseNoGoodTokenIn100Runs() {
    run(100);
  }

  private static void run(int runs) {
    long seed = new Random().nextLong();
    int tokens = 0;
    int keys = 0;
    for (int i = 0; i < runs; i++) {
      Run run = new Run(seed + i);
      run.lasts(Duration.ofMinutes(100));
      tokens += run.issued;
      keys += run.last.size();
    }
    System.out.println(
        "KeyRotationTest: %d runs, %d tokens, %d keys, seed %d"
            .formatted(runs, tokens, keys, seed));
    assertThat(keys).isGreaterThan(3 * runs);
  }

  /** Three issuers that share keys, and three verifiers; all clocks differ by up to the skew. */
  private static final class Run {
    private final SteppedClock clock = TestTokens.clock();
    private final SigningKeyStore store = MemoryStorage.create(clock).signingKeys();
    private final Random random;
    private final long seed;
    private final List<Process> processes = new ArrayList<>();
    private final List<TokenVerifier> verifiers = new ArrayList<>();
    private final List<Integer> ahead = new ArrayList<>();
    private final Map<String, AccessToken> last = new HashMap<>();
    private int issued;

    private record Process(SharedKeys keys, AccessTokens tokens, UnsteadyStore store) {}

    Run(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      KeyPool pool = new KeyPool();
      for (int i = 0; i < PROCESSES; i++) {
        UnsteadyStore own = new UnsteadyStore(store);
        SharedKeys keys = SharedKeys.builder(own, WRAPPING).clock(clock).build(pool);
        processes.add(
            new Process(keys, AccessTokens.of(keys, TokenOptions.DEFAULT, someClock()), own));
        keys.refresh();
      }
      for (int i = 0; i < PROCESSES; i++) {
        int by = random.nextInt(SKEW + 1);
        ahead.add(by);
        verifiers.add(
            AccessTokens.verifier(
                new KeptDocument(() -> any().keys().jwks(), clock),
                TokenOptions.DEFAULT,
                () -> clock.instant().plusSeconds(by)));
      }
    }

    private InstantSource someClock() {
      int by = random.nextInt(SKEW + 1);
      return () -> clock.instant().plusSeconds(by);
    }

    private Process any() {
      return processes.get(random.nextInt(processes.size()));
    }

    void lasts(Duration time) {
      Instant end = clock.now().plus(time);
      while (clock.now().isBefore(end)) {
        clock.advance(Duration.ofSeconds(1 + random.nextInt(19)));
        for (Process each : processes) {
          each.store().away(random.nextInt(5) == 0);
          each.keys().refresh();
        }
        if (random.nextInt(60) == 0) {
          rotate(any());
        }
        issue(any());
        last.values().forEach(this::present);
      }
      processes.forEach(each -> each.keys().close());
    }

    private static void rotate(Process process) {
      try {
        process.keys().rotate();
      } catch (UnavailableException e) {
        // It is away.
      }
    }

    private void issue(Process process) {
      try {
        AccessToken token =
            process.tokens().issue(TestTokens.USER, TestTokens.EMAIL, TestTokens.SESSION);
        last.merge(TestIssuers.keyOf(token), token, Run::later);
        present(token);
        issued++;
      } catch (UnavailableException e) {
        // It could not read the keys for too long.
      }
    }

    private static AccessToken later(AccessToken one, AccessToken other) {
      return one.claims().expiresAt().isBefore(other.claims().expiresAt()) ? other : one;
    }

    private void present(AccessToken token) {
      for (int i = 0; i < verifiers.size(); i++) {
        TokenVerdict verdict = verifiers.get(i).verify(token.value());
        Instant now = clock.now().plusSeconds(ahead.get(i));
        boolean over = !now.isBefore(token.claims().expiresAt().plusSeconds(SKEW));
        if (over) {
          assertThat(verdict).as("seed %d", seed).isInstanceOf(TokenVerdict.Refused.class);
        } else {
          assertThat(verdict).as("seed %d", seed).isInstanceOf(TokenVerdict.Valid.class);
        }
      }
    }
  }

  @Test
  @Tag("T54")
  void aFloodOfUnknownKeysDuringARotationCausesOneFetchIn30Seconds() throws IOException {
    SteppedClock clock = TestTokens.clock();
    SharedKeys keys =
        SharedKeys.builder(MemoryStorage.create(clock).signingKeys(), WRAPPING)
            .clock(clock)
            .build(new KeyPool());
    keys.refresh();
    AccessTokens issuer = AccessTokens.of(keys, TokenOptions.DEFAULT, clock);
    try (JwksServer server = new JwksServer()) {
      server.answer(200, keys.jwks().json());
      RemoteKeys remote =
          RemoteKeys.of(
              server.uri(),
              RemoteKeysOptions.DEFAULT.withPlainHttp(true).withTimeout(Duration.ofSeconds(30)),
              clock);
      TokenVerifier verifier = AccessTokens.verifier(remote, TokenOptions.DEFAULT, clock);
      Instant start = clock.now();

      // when unknown keys come all the time for 8 minutes, in which the key changes
      List<AccessToken> good = new ArrayList<>();
      for (int second = 0; second < 480; second++) {
        keys.refresh();
        if (second == 400) {
          assertThat(keys.rotate()).isEmpty();
        }
        server.answer(200, keys.jwks().json());
        for (int i = 0; i < (second % 30 == 0 ? 1_000 : 10); i++) {
          assertThat(remote.find(UUID.randomUUID().toString())).isEmpty();
        }
        if (second % 10 == 0) {
          good.add(issuer.issue(TestTokens.USER, TestTokens.EMAIL, TestTokens.SESSION));
        }
        for (AccessToken token : good) {
          assertThat(verifier.verify(token.value())).isInstanceOf(TokenVerdict.Valid.class);
        }
        clock.advance(Duration.ofSeconds(1));
      }

      // then
      long halfMinutes = Duration.between(start, clock.now()).toSeconds() / 30;
      assertThat((long) server.fetches()).isLessThanOrEqualTo(halfMinutes);
      assertThat(good.stream().map(TestIssuers::keyOf).distinct()).hasSize(2);
    }
    keys.close();
  }
}
