package com.techcorp.examples.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.TechCorp;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.auth.Authenticator;
import com.techcorp.auth.LoginRequest;
import com.techcorp.auth.LoginResult;
import com.techcorp.auth.Password;
import com.techcorp.auth.PasswordChange;
import com.techcorp.auth.PasswordChangeResult;
import com.techcorp.auth.RefreshResult;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.User;
import com.techcorp.auth.UserEventType;
import com.techcorp.auth.email.EmailAddresses;
import com.techcorp.auth.memory.MemoryLoginLimits;
import com.techcorp.auth.memory.MemoryRevocations;
import com.techcorp.auth.memory.MemorySessionStore;
import com.techcorp.auth.password.Argon2Passwords;
import com.techcorp.auth.password.PasswordOptions;
import com.techcorp.auth.service.AuthService;
import com.techcorp.auth.token.AccessTokens;
import com.techcorp.auth.token.SigningKey;
import com.techcorp.auth.token.TokenKeys;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.EventStream;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Message;
import com.techcorp.testkit.RecordingSender;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users are told by mail, over the outbox, of what somebody else may have done. */
class UserMailIT {
  private static final String OLD = "correct horse battery";
  private static final String NEW = "another horse battery";
  private static final String DEVICE = "{\"os\":\"Android\"}";
  private static final String ADDRESS = "203.0.113.7";

  private final TokenKeys keys = TokenKeys.of(SigningKey.generate());
  private final RecordingSender mailbox = new RecordingSender();
  private ExampleShop shop;
  private Authenticator auth;

  @BeforeEach
  void open() throws Exception {
    shop = ExampleShop.open();
    PostgresStorage storage = shop.storage();
    Argon2Passwords passwords = Argon2Passwords.of(PasswordOptions.DEFAULT);
    storage
        .users()
        .add(
            User.of(
                shop.customer(),
                EmailAddresses.of("Ana@Example.com"),
                passwords.hash(Password.of(OLD)),
                Instant.now()));
    auth =
        AuthService.builder()
            .users(storage.users())
            .sessions(MemorySessionStore.create())
            .tokens(AccessTokens.of(keys))
            .passwords(passwords)
            .revocations(MemoryRevocations.create())
            .limits(MemoryLoginLimits.create())
            .refreshKeys(SecureRandom.getSeed(32))
            .storage(storage)
            .start()
            .authenticator();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private LoginResult.LoggedIn loggedIn() {
    LoginResult result =
        auth.logIn(new LoginRequest("ana@EXAMPLE.com", OLD, DEVICE, ADDRESS, null));
    assertThat(result).isInstanceOf(LoginResult.LoggedIn.class);
    return (LoginResult.LoggedIn) result;
  }

  private void changePassword() {
    String token = loggedIn().accessToken().value();
    TokenVerdict.Valid valid = (TokenVerdict.Valid) AccessTokens.of(keys).verify(token);
    assertThat(auth.changePassword(new PasswordChange(valid.claims(), OLD, NEW, ADDRESS, null)))
        .isInstanceOf(PasswordChangeResult.Changed.class);
  }

  private void reuse() {
    String first = loggedIn().refreshToken();
    String second = ((RefreshResult.Refreshed) auth.refresh(first)).refreshToken();
    auth.refresh(second);
    assertThat(auth.refresh(first)).isInstanceOf(RefreshResult.Refused.class);
  }

  private boolean isOutboxEmpty() throws SQLException {
    return shop.texts("select event_id::text from messaging.outbox").isEmpty();
  }

  @Test
  void usersAreToldOfAReusedTokenAndOfAChangedPassword() throws Exception {
    // given: what happens before a process with the users runs waits in the outbox
    reuse();

    // when
    try (TechCorp library = shop.wired().users(shop.storage().users()).sender(mailbox).start()) {
      ExampleShop.await(() -> mailbox.messages().size() == 1);
      changePassword();
      ExampleShop.await(() -> mailbox.messages().size() == 2);

      // then
      assertThat(mailbox.messages())
          .extracting(Message::template)
          .containsExactly("session-reuse-detected", "password-changed");
      assertThat(mailbox.messages()).extracting(Message::recipient).containsOnly("Ana@Example.com");
      ExampleShop.await(
          () ->
              library.notifier().deliveries(UserEventType.streamOf(shop.customer())).stream()
                      .filter(it -> it.status() == DeliveryStatus.ACCEPTED)
                      .count()
                  == 2);
      assertThat(library.notifier().deliveries(UserEventType.streamOf(shop.customer())))
          .extracting(Delivery::userId)
          .containsOnly(shop.customer());
      ExampleShop.await(this::isOutboxEmpty);
    }
    assertThat(InvariantCheck.on(shop.dataSource()).withSettled(true).run().violations()).isEmpty();
  }

  @Test
  void usersAreToldOverRabbitToo() throws Exception {
    // given
    RabbitEventBus bus = RabbitEventBus.connect(ExampleShop.rabbit());
    try (TechCorp library =
        shop.wired().users(shop.storage().users()).sender(mailbox).events(bus).start()) {
      // when
      changePassword();

      // then
      ExampleShop.await(() -> !mailbox.messages().isEmpty());
      EventStream stream = UserEventType.streamOf(shop.customer());
      ExampleShop.await(
          () ->
              library.notifier().deliveries(stream).stream()
                  .map(Delivery::status)
                  .toList()
                  .equals(List.of(DeliveryStatus.ACCEPTED)));
      ExampleShop.await(this::isOutboxEmpty);
    }
    assertThat(mailbox.messages())
        .extracting(Message::template)
        .containsExactly("password-changed");
    assertThat(mailbox.messages())
        .extracting(Message::recipient)
        .containsExactly("Ana@Example.com");
  }

  @Test
  void aHostThatDoesNotGiveItsUsersSendsNothing() throws Exception {
    changePassword();
    try (TechCorp library = shop.wired().sender(mailbox).start()) {
      assertThat(library.warnings()).isEmpty();
      ExampleShop.await(this::isOutboxEmpty);
    }

    assertThat(mailbox.messages()).isEmpty();
    assertThat(shop.texts("select id from notifications.delivery_log")).isEqualTo(List.of());
  }
}
