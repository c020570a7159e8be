package com.techcorp.mail;

import static com.techcorp.mail.TestMails.confirmed;
import static com.techcorp.mail.TestMails.impatient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryDeferredException;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Notification;
import com.techcorp.notification.Notifier;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.servers.proxy.TcpProxy;
import com.techcorp.testkit.MemoryStorage;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a notifier records of a mail whose server falls silent or whose answer is lost. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpDeliveriesIT {
  private final DeliveryLog log = MemoryStorage.create().deliveries();
  private final ScriptedSmtp scripted = new ScriptedSmtp();
  private SmtpSender sender = impatient(scripted.port()).build();

  @AfterEach
  void close() {
    sender.close();
    scripted.close();
  }

  @ParameterizedTest
  @Tag("T30")
  @DisplayName("T30 a mail that may have been sent is AMBIGUOUS and not repeated")
  @ValueSource(strings = {ScriptedSmtp.HANG_UP, ScriptedSmtp.SILENCE})
  void aMailThatMayHaveBeenSentIsNotRepeated(String what) {
    // given
    scripted.on(ScriptedSmtp.END, what);
    Notifier notifier = TestMails.notifier(log, sender);
    Notification notification = confirmed(Locale.ENGLISH, "Shirt");

    // when
    Delivery delivery = notifier.send(notification);
    scripted.on(ScriptedSmtp.END, "250 fine again");
    Delivery again = notifier.send(notification);

    // then
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
    assertThat(again.status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
    assertThat(log.about(notification.stream()))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.AMBIGUOUS);
    assertThat(scripted.mails()).hasSize(1);
  }

  @Test
  @Tag("T30")
  @DisplayName("T30 the answer of a real server is lost after the final dot")
  void theAnswerIsLost() {
    try (MailServer server = MailServer.plain();
        TcpProxy proxy = TcpProxy.before("127.0.0.1", server.port())) {
      // given
      sender.close();
      sender = impatient(proxy.port()).build();
      Notifier notifier = TestMails.notifier(log, sender);
      Notification notification = confirmed(Locale.ENGLISH, "Shirt");
      proxy.loseReplies(Pattern.compile("\r\n\\.\r\n"), 1);

      // when
      Delivery delivery = notifier.send(notification);
      Delivery again = notifier.send(notification);
      Delivery next = notifier.send(confirmed(Locale.ENGLISH, "Shirt"));

      // then
      assertThat(proxy.lost()).isEqualTo(1);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
      assertThat(again.status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
      assertThat(next.status()).isEqualTo(DeliveryStatus.ACCEPTED);
      assertThat(server.mails()).hasSize(2);
    }
  }

  @Test
  void aServerThatFellSilentBetweenTwoMailsIsNoticedBeforeTheSecond() {
    try (MailServer server = MailServer.plain();
        TcpProxy proxy = TcpProxy.before("127.0.0.1", server.port())) {
      // given a connection that is open and leads nowhere
      sender.close();
      sender = impatient(proxy.port()).build();
      Notifier notifier = TestMails.notifier(log, sender);
      notifier.send(confirmed(Locale.ENGLISH, "Shirt"));
      Notification second = confirmed(Locale.ENGLISH, "Shirt");
      proxy.blackHole();

      // when
      assertThatExceptionOfType(DeliveryDeferredException.class)
          .isThrownBy(() -> notifier.send(second));

      // then
      assertThat(log.about(second.stream()))
          .extracting(Delivery::status)
          .containsExactly(DeliveryStatus.QUEUED);

      // when
      proxy.restore();
      Delivery delivery = notifier.send(second);

      // then
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.ACCEPTED);
      assertThat(server.mails()).hasSize(2);
    }
  }
}
