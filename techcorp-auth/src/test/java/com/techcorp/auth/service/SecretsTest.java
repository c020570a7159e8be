package com.techcorp.auth.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.LoginRequest;
import com.techcorp.auth.LoginResult;
import com.techcorp.auth.LoginResult.LoggedIn;
import com.techcorp.auth.PasswordChange;
import com.techcorp.auth.PasswordChangeResult;
import com.techcorp.auth.PasswordChangeResult.Changed;
import com.techcorp.auth.RefreshResult.Refreshed;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.User;
import com.techcorp.auth.service.Watched.Call;
import com.techcorp.contracts.LogCapture;
import com.techcorp.error.TechCorpException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Plants secrets, does everything that the service can do, and looks for them everywhere. */
class SecretsTest {
  private static final String ADDRESS = "198.51.100.77";

  private final AuthTestBed bed = new AuthTestBed();
  private final LogCapture logged = LogCapture.all().at(Level.DEBUG);

  /** What must be seen nowhere. */
  private final Set<String> secrets = new TreeSet<>();

  /** Whatever may end up in a log or at an operator. */
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void plant() {
    secrets.addAll(
        List.of(
            AuthTestBed.PASSWORD,
            AuthTestBed.NEW_PASSWORD,
            AuthTestBed.OTHER_PASSWORD,
            new String(AuthTestBed.KEY, StandardCharsets.US_ASCII),
            Base64.getEncoder().encodeToString(AuthTestBed.KEY),
            HexFormat.of().formatHex(AuthTestBed.KEY),
            bed.ana.passwordHash(),
            "ana@example.com",
            ADDRESS));
  }

  @AfterEach
  void leave() {
    logged.close();
  }

  private LoginRequest request(String password, String proof) {
    LoginRequest request =
        new LoginRequest(AuthTestBed.EMAIL, password, AuthTestBed.DEVICE, ADDRESS, proof);
    seen.add(request.toString());
    return request;
  }

  /** Does something, and looks at its answer or its exception. */
  private <T> T did(Callable<T> call) throws Exception {
    try {
      T answer = call.call();
      seen.add(String.valueOf(answer));
      return answer;
    } catch (TechCorpException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      seen.add(trace.toString());
      return null;
    }
  }

  @Test
  void noSecretIsSeenAnywhere() throws Exception {
    // when
    everything();

    // then
    bed.events().forEach(event -> seen.add(event.toString() + event.json()));
    logged.texts().forEach(seen::add);
    assertThat(logged.lines()).as("something is logged").isNotEmpty();
    assertThat(bed.eventTypes())
        .contains(
            "session.ended", "session.reuse_detected", "user.disabled", "user.password_changed");
    assertThat(secrets).hasSizeGreaterThan(20);
    for (String secret : secrets) {
      assertThat(seen).allSatisfy(text -> assertThat(text).doesNotContainIgnoringCase(secret));
    }
  }

  @Test
  void noStoreGetsASecret() throws Exception {
    // when
    everything();

    // then
    for (Call call : bed.calls) {
      if (Set.of("SessionStore", "Revocations", "LoginLimits").contains(call.port())) {
        assertThat(fields(call)).doesNotContainAnyElementsOf(secrets);
      }
    }
  }

  /** What stands in the arguments of a call, of a record each component. */
  private static List<String> fields(Call call) throws ReflectiveOperationException {
    List<String> fields = new ArrayList<>();
    for (Object argument : call.arguments()) {
      if (argument instanceof Record) {
        for (var component : argument.getClass().getRecordComponents()) {
          fields.add(String.valueOf(component.getAccessor().invoke(argument)));
        }
      } else {
        fields.add(String.valueOf(argument));
      }
    }
    return fields;
  }

  private void everything() throws Exception {
    LoggedIn first = (LoggedIn) did(() -> bed.auth.logIn(request(AuthTestBed.PASSWORD, null)));
    LoggedIn in = planted(first);
    Refreshed refreshed = (Refreshed) did(() -> bed.auth.refresh(in.refreshToken()));
    secrets.add(refreshed.refreshToken());
    secrets.add(refreshed.accessToken().value());
    did(() -> bed.auth.logIn(request(AuthTestBed.OTHER_PASSWORD, in.deviceProof())));
    bed.clock.advance(Duration.ofMinutes(1));
    did(() -> bed.auth.refresh(in.refreshToken())); // used twice
    did(() -> bed.auth.refresh("not a token"));
    LoggedIn current =
        planted((LoggedIn) did(() -> bed.auth.logIn(request(AuthTestBed.PASSWORD, null))));
    PasswordChange change =
        new PasswordChange(
            current.accessToken().claims(),
            AuthTestBed.PASSWORD,
            AuthTestBed.NEW_PASSWORD,
            ADDRESS,
            current.deviceProof());
    seen.add(change.toString());
    verified(current.accessToken().value());
    unacceptable(change);
    failures(change);
    PasswordChangeResult result = did(() -> bed.auth.changePassword(change));
    Changed changed = (Changed) result;
    secrets.add(changed.refreshToken());
    secrets.add(changed.accessToken().value());
    secrets.add(bed.anaNow().passwordHash());
    seen.add(bed.anaNow().toString());
    for (int i = 0; i < 20; i++) {
      did(() -> bed.auth.logIn(request(AuthTestBed.OTHER_PASSWORD, null)));
    }
    unreadableHash();
    did(
        () -> {
          bed.auth.logOut(changed.refreshToken());
          return "logged out";
        });
    did(() -> bed.auth.sessions(bed.ana.id()));
    did(() -> bed.auth.disable(bed.ana.id()));
    did(() -> bed.verdict(current.accessToken().value())); // revoked
    bed.clock.advance(Duration.ofHours(1));
    did(() -> bed.verdict(current.accessToken().value())); // over
    did(() -> bed.auth.logIn(request(AuthTestBed.NEW_PASSWORD, null))); // disabled
    seen.add(bed.service.toString() + bed.auth);
  }

  /** A token that is good; one that somebody has changed, or cut, is nearly as good. */
  private void verified(String token) throws Exception {
    String cut = token.substring(0, token.length() - 1);
    String changed = cut + (token.endsWith("A") ? "B" : "A");
    String longer = token + "A".repeat(10_000);
    secrets.addAll(List.of(cut, changed));
    assertThat(bed.verdict(token)).isInstanceOf(TokenVerdict.Valid.class);
    for (String text : List.of(token, cut, changed, longer)) {
      did(() -> bed.verdict(text));
    }
  }

  /** Passwords that are too long to be looked at, or too short to be set. */
  private void unacceptable(PasswordChange change) throws Exception {
    String tooLong = AuthTestBed.PASSWORD.repeat(100);
    String halfAPair = AuthTestBed.PASSWORD + "\uD800";
    String tooShort = "s3cr3t!";
    secrets.add(tooShort);
    for (String password : List.of(tooLong, halfAPair, tooShort)) {
      did(() -> bed.auth.logIn(request(password, change.deviceProof())));
      did(
          () ->
              bed.auth.changePassword(
                  new PasswordChange(
                      change.claims(), AuthTestBed.PASSWORD, password, ADDRESS, null)));
    }
  }

  private LoggedIn planted(LoggedIn in) {
    secrets.add(in.refreshToken());
    secrets.add(in.accessToken().value());
    secrets.add(in.deviceProof());
    return in;
  }

  /** Ports that break, and quote what they were given. */
  private void failures(PasswordChange change) throws Exception {
    for (Watched<?> port : List.of(bed.users, bed.sessions, bed.limits, bed.passwords)) {
      for (String method : List.of("find", "findByEmail", "take", "create", "matches", "rotate")) {
        port.before(
            method,
            () -> {
              throw new IllegalStateException(
                  "odd: " + AuthTestBed.PASSWORD + change.deviceProof(),
                  new IllegalArgumentException(AuthTestBed.PASSWORD));
            });
      }
      did(() -> bed.auth.logIn(request(AuthTestBed.PASSWORD, change.deviceProof())));
      PasswordChangeResult none = did(() -> bed.auth.changePassword(change));
      assertThat(none).isNull();
      port.calm();
    }
  }

  private void unreadableHash() throws Exception {
    User bo =
        bed.user("bo@example.com", AuthTestBed.PASSWORD).withPasswordHash("$planted$unreadable");
    secrets.add("$planted$unreadable");
    bed.storage.users().add(bo);
    LoginResult result =
        did(
            () ->
                bed.auth.logIn(
                    new LoginRequest(
                        bo.email(), AuthTestBed.PASSWORD, AuthTestBed.DEVICE, ADDRESS, null)));
    assertThat(result).isNotInstanceOf(LoggedIn.class);
  }
}
