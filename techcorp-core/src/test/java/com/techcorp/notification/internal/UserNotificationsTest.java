package com.techcorp.notification.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.InProcessEventBus;
import com.techcorp.auth.EmailAddress;
import com.techcorp.auth.SessionEvents;
import com.techcorp.auth.User;
import com.techcorp.auth.UserEvent;
import com.techcorp.auth.UserEventType;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.InboxFake;
import com.techcorp.messaging.NoBacklog;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Message;
import com.techcorp.notification.Notifier;
import com.techcorp.notification.ResourceTemplates;
import com.techcorp.notification.SendResult;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserNotificationsTest {
  private static final UUID ANA = UUID.randomUUID();
  private static final UUID SESSION = UUID.randomUUID();
  private static final Instant AT = Instant.parse("2024-01-15T10:00:00.123456Z");

  private final InboxFake inbox = new InboxFake();
  private final InProcessEventBus bus =
      new InProcessEventBus(inbox, RetryPolicy.every(Duration.ofMillis(1), 1));
  private final DeliveryLogFake log = new DeliveryLogFake();
  private final SenderFake sender = new SenderFake();
  private final DefaultNotifier notifier =
      new DefaultNotifier(log, ResourceTemplates.builtIn(), List.of(sender), System::nanoTime);
  private final Map<UUID, User> users = new HashMap<>();
  private final Map<UUID, CustomerDirectory.Customer> customers = new HashMap<>();

  @BeforeEach
  void subscribe() {
    bus.start(
        new BusContext(
            new OwnThreads(),
            () -> null,
            new FaultBoundary(),
            new NoBacklog(),
            () -> Backlog.NONE));
    new UserNotifications(notifier, new UsersFake(), new CustomersFake()).subscribeTo(bus);
    user("Ana.Souza@Example.com");
  }

  @AfterEach
  void close() {
    bus.close();
  }

  private void user(String email) {
    users.put(
        ANA, User.of(ANA, new EmailAddress("ana.souza@example.com", email), "hash", Instant.EPOCH));
  }

  private void customer(String name, String locale) {
    customers.put(ANA, new CustomerDirectory.Customer(ANA, "shipping@example.com", name, locale));
  }

  private static Event passwordChanged() {
    return UserEvent.passwordChanged(ANA, SESSION).at(1).at(AT);
  }

  private static Event reuseDetected() {
    return SessionEvents.reuseDetected(ANA, SESSION).at(AT);
  }

  private boolean publish(Event event) {
    return bus.publish(event).join();
  }

  private Message only() {
    assertThat(sender.messages).hasSize(1);
    return sender.messages.get(0);
  }

  @Test
  void tellsOfAChangedPasswordAtTheAddressAsTheUserSpellsIt() {
    // given
    Event changed = passwordChanged();

    // when
    boolean taken = publish(changed);

    // then
    assertThat(taken).isTrue();
    assertThat(only().recipient()).isEqualTo("Ana.Souza@Example.com");
    assertThat(only().subject()).isEqualTo("Your password was changed");
    assertThat(only().text())
        .startsWith("Hello,\n")
        .contains("was changed on January 15, 2024", "UTC.\n");
    assertThat(log.only())
        .returns(changed.id(), Delivery::eventId)
        .returns(UserEventType.streamOf(ANA), Delivery::stream)
        .returns(ANA, Delivery::userId)
        .returns("password-changed", Delivery::template)
        .returns(DeliveryStatus.ACCEPTED, Delivery::status);
    assertThat(notifier.deliveries(UserEventType.streamOf(ANA))).containsExactly(log.only());
    assertThat(notifier.deliveries(ANA)).as("about an order of this id").isEmpty();
  }

  @Test
  void tellsOfAReusedToken() {
    publish(reuseDetected());

    assertThat(only().subject()).isEqualTo("We logged out one of your devices");
    assertThat(only().text()).contains("used a second time");
    assertThat(log.only().stream()).isEqualTo(UserEventType.streamOf(ANA));
    assertThat(log.only().template()).isEqualTo("session-reuse-detected");
  }

  @Test
  void writesInTheCustomersLanguage() {
    // given
    customer("Ana Souza", "pt-BR");

    // when
    publish(passwordChanged());
    publish(reuseDetected());

    // then
    assertThat(sender.messages)
        .extracting(Message::subject)
        .containsExactly("Sua senha foi alterada", "Desconectamos um dos seus dispositivos");
    assertThat(sender.messages)
        .extracting(Message::recipient)
        .containsOnly("Ana.Souza@Example.com");
    assertThat(sender.messages)
        .allSatisfy(
            message -> {
              assertThat(message.text())
                  .startsWith("Olá, Ana Souza!\n")
                  .contains("15 de janeiro de 2024");
              assertThat(message.html()).contains("Olá, Ana Souza!");
            });
  }

  @Test
  void aMessageContainsNoLinkNoIdAndNoAddress() {
    for (String locale : List.of("en", "pt-BR")) {
      customer("<b>Ana</b>", locale);
      publish(passwordChanged());
      publish(reuseDetected());
    }

    assertThat(sender.messages).hasSize(4);
    for (Message message : sender.messages) {
      String all = message.subject() + message.text() + message.html();
      assertThat(all)
          .doesNotContain("http", "www.", "href", "@", ANA.toString(), SESSION.toString(), "hash");
      assertThat(message.html()).contains("&lt;b&gt;Ana").doesNotContain("<b>");
    }
  }

  @Test
  void tellsOnceOfAnEventThatComesTwice() {
    // given
    Event changed = passwordChanged();

    // when
    publish(changed);
    publish(changed);

    // then
    assertThat(sender.messages).hasSize(1);
  }

  @Test
  void tellsAgainWhatWasSurelyNotSent() {
    // given
    Event changed = passwordChanged();
    sender.next(() -> new SendResult.NotSent("421 try later", true));

    // when
    publish(changed);

    // then
    assertThat(log.only().status()).isEqualTo(DeliveryStatus.QUEUED);
    assertThat(inbox.dead(Notifier.USERS_CONSUMER, 10)).hasSize(1);

    // when it is replayed
    publish(changed);

    // then
    assertThat(log.only().status()).isEqualTo(DeliveryStatus.ACCEPTED);
    assertThat(sender.messages)
        .as("both attempts")
        .hasSize(2)
        .extracting(Message::deliveryId)
        .containsOnly(log.only().id());
  }

  @Test
  void takesTheEventWhenThereIsNobodyToTell() {
    // given
    user("a@b.com,c@d.com");
    assertThat(publish(passwordChanged())).isTrue();
    users.clear();
    assertThat(publish(reuseDetected())).isTrue();

    // then
    assertThat(sender.messages).isEmpty();
    assertThat(log.isEmpty()).isTrue();
    assertThat(inbox.dead(Notifier.USERS_CONSUMER, 1)).isEmpty();
  }

  @Test
  void leavesOtherEventsAlone() {
    publish(UserEvent.disabled(ANA).at(1).at(AT));

    assertThat(sender.messages).isEmpty();
  }

  private final class UsersFake implements UserDirectory {
    @Override
    public Optional<User> find(UUID userId) {
      return Optional.ofNullable(users.get(userId));
    }

    @Override
    public Optional<User> findByEmail(String canonicalEmail) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean add(User user) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean change(User before, User after, List<UserEvent> events) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean publishes() {
      return true;
    }
  }

  private final class CustomersFake implements CustomerDirectory {
    @Override
    public Optional<Customer> findCustomer(UUID userId) {
      return Optional.ofNullable(customers.get(userId));
    }

    @Override
    public boolean ownsAddress(UUID userId, UUID addressId) {
      return true;
    }
  }
}
