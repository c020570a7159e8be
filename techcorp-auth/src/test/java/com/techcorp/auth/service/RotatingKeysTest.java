package com.techcorp.auth.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.AccessToken;
import com.techcorp.auth.Authenticator;
import com.techcorp.auth.LoginResult.LoggedIn;
import com.techcorp.auth.RefreshResult.Refreshed;
import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.token.AccessTokens;
import com.techcorp.auth.token.KeyWrapping;
import com.techcorp.auth.token.RevocationOptions;
import com.techcorp.auth.token.RevocationView;
import com.techcorp.auth.token.SharedKeys;
import com.techcorp.auth.token.TokenOptions;
import com.techcorp.json.JsonObject;
import com.techcorp.testkit.SteppedThreads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service whose tokens are signed by keys that change by themselves. */
class RotatingKeysTest {
  private final AuthTestBed bed = new AuthTestBed();
  private final SharedKeys keys =
      SharedKeys.builder(bed.storage.signingKeys(), KeyWrapping.of("1", new byte[32]))
          .clock(bed.clock)
          .start();
  private final SteppedThreads threads = SteppedThreads.on(bed.clock);
  private final RevocationView revocations =
      RevocationView.start(bed.revocations.port(), RevocationOptions.DEFAULT, bed.clock, threads);
  private final AccessTokens tokens =
      AccessTokens.of(keys, TokenOptions.DEFAULT, revocations, bed.clock);
  private final Authenticator auth =
      bed.builder(AuthOptions.DEFAULT, tokens).start().authenticator();

  @AfterEach
  void close() {
    revocations.close();
    keys.close();
  }

  @Test
  void aSessionGoesOnWhenTheKeyChanges() {
    // given
    LoggedIn in = loggedIn();

    // when
    bed.clock.advance(Duration.ofMinutes(6));
    assertThat(keys.rotate()).isEmpty();
    Refreshed refreshed = refreshed(in.refreshToken());

    // then
    assertThat(keyOf(refreshed.accessToken())).isNotEqualTo(keyOf(in.accessToken()));
    assertThat(verdict(in.accessToken())).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(verdict(refreshed.accessToken())).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void aLeakedKeyTakesItsTokensWithItAndLogsNobodyOut() {
    // given
    LoggedIn in = loggedIn();
    assertThat(verdict(in.accessToken())).isInstanceOf(TokenVerdict.Valid.class);

    // when
    assertThat(keys.remove(keyOf(in.accessToken()))).isTrue();

    // then
    assertThat(verdict(in.accessToken()))
        .isEqualTo(new TokenVerdict.Refused(TokenRefusal.UNKNOWN_KEY));
    assertThat(verdict(refreshed(in.refreshToken()).accessToken()))
        .isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void aTokenIsRevokedWhicheverKeySignedIt() {
    // given
    LoggedIn in = loggedIn();
    bed.clock.advance(Duration.ofMinutes(6));
    keys.rotate();
    Refreshed refreshed = refreshed(in.refreshToken());

    // when
    auth.logOut(refreshed.refreshToken());
    bed.clock.advance(Duration.ofSeconds(1));
    threads.run();

    // then
    TokenVerdict revoked = new TokenVerdict.Refused(TokenRefusal.REVOKED);
    assertThat(verdict(in.accessToken())).isEqualTo(revoked);
    assertThat(verdict(refreshed.accessToken())).isEqualTo(revoked);
  }

  private LoggedIn loggedIn() {
    return (LoggedIn) auth.logIn(AuthTestBed.request());
  }

  private Refreshed refreshed(String refreshToken) {
    return (Refreshed) auth.refresh(refreshToken);
  }

  private TokenVerdict verdict(AccessToken token) {
    return tokens.verify(token.value());
  }

  private static String keyOf(AccessToken token) {
    byte[] header = Base64.getUrlDecoder().decode(token.value().split("\\.")[0]);
    return JsonObject.parse(new String(header, StandardCharsets.UTF_8)).text("kid");
  }
}
