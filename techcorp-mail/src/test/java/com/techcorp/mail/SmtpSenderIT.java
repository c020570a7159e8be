package com.techcorp.mail;

import static com.techcorp.mail.TestMails.FROM;
import static com.techcorp.mail.TestMails.RECIPIENT;
import static com.techcorp.mail.TestMails.confirmed;
import static com.techcorp.mail.TestMails.message;
import static com.techcorp.mail.TestMails.messageTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Message;
import com.techcorp.notification.Notification;
import com.techcorp.notification.Notifier;
import com.techcorp.notification.SendResult;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mails to a real SMTP server. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpSenderIT {
  private final SteppedClock clock = SteppedClock.create();
  private MailServer server;
  private SmtpSender sender;

  @BeforeEach
  void open() {
    server = MailServer.plain();
    sender = builder().build();
  }

  @AfterEach
  void close() {
    sender.close();
    server.close();
  }

  private SmtpSender.Builder builder() {
    return SmtpSender.builder("127.0.0.1", FROM).tls(SmtpTls.NONE).port(server.port()).clock(clock);
  }

  @Test
  void aMessageArrivesAsTextAndAsHtml() throws Exception {
    // given
    Message message = message();

    // when
    SendResult result = sender.send(message);

    // then
    String id = "<" + message.deliveryId() + "@shop.example>";
    assertThat(result).isEqualTo(new SendResult.Accepted(id));
    MimeMessage mail = server.only();
    assertThat(mail.getMessageID()).isEqualTo(id);
    assertThat(mail.getSubject()).isEqualTo("Olá, Ana");
    assertThat(mail.getHeader("Subject")[0]).startsWith("=?UTF-8?");
    assertThat(mail.getFrom()[0])
        .hasToString("=?UTF-8?Q?Loja_S=C3=A3o_Jo=C3=A3o?= <orders@shop.example>");
    assertThat(mail.getAllRecipients()).containsExactly(new InternetAddress(RECIPIENT));
    assertThat(mail.getSentDate()).isEqualTo(clock.instant());
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getHeader("X-TechCorp-Delivery"))
        .containsExactly(message.deliveryId().toString());
    assertThat(mail.getContentType()).startsWith("multipart/alternative");
    assertThat(MailServer.part(mail, 0).strip()).isEqualTo("Hello Ana");
    assertThat(MailServer.part(mail, 1)).isEqualTo("<p>Hello Ana</p>");
  }

  @Test
  void aMessageWithoutHtmlIsPlainText() throws Exception {
    // when
    sender.send(new Message(message().deliveryId(), RECIPIENT, "t", "Hi", "Só texto", null));

    // then
    assertThat(server.only().getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
    assertThat(server.only().getContent()).hasToString("Só texto");
  }

  @Test
  void aSubjectCannotBecomeAnotherHeader() throws Exception {
    // when
    sender.send(
        new Message(
            message().deliveryId(), RECIPIENT, "t", "Hi\r\nBcc: eve@example.com", "text", null));

    // then
    assertThat(server.only().getSubject()).isEqualTo("Hi Bcc: eve@example.com");
    assertThat(server.only().getHeader("Bcc")).isNull();
    assertThat(server.mails()).hasSize(1);
  }

  @Test
  void aLineWithADotAloneDoesNotEndTheMail() throws Exception {
    // when
    sender.send(
        new Message(message().deliveryId(), RECIPIENT, "t", "Hi", "a\n.\nMAIL FROM:<x@y.z>", null));

    // then
    assertThat(server.only().getContent().toString().lines())
        .containsExactly("a", ".", "MAIL FROM:<x@y.z>");
  }

  @Test
  void aCustomerIsToldInTheirLanguageAndTitlesAreEscapedInHtmlOnly() throws Exception {
    // given
    Notifier notifier = TestMails.notifier(MemoryStorage.create().deliveries(), sender);
    String title = "<script>alert(1)</script>";

    // when
    Delivery english = notifier.send(confirmed(Locale.ENGLISH, title));
    Delivery portuguese = notifier.send(confirmed(Locale.forLanguageTag("pt-BR"), title));

    // then
    assertThat(List.of(english, portuguese))
        .extracting(Delivery::status)
        .containsOnly(DeliveryStatus.ACCEPTED);
    assertThat(server.mails()).hasSize(2);
    MimeMessage first = server.mails().get(0);
    MimeMessage second = server.mails().get(1);
    assertThat(first.getSubject()).isEqualTo("Your order TC-2024-000001 is confirmed");
    assertThat(second.getSubject()).isEqualTo("Seu pedido TC-2024-000001 foi confirmado");
    assertThat(MailServer.part(first, 0)).contains("paid and confirmed", title);
    assertThat(MailServer.part(second, 0)).contains("Olá, Ana Souza!", "está confirmado", title);
    for (MimeMessage mail : List.of(first, second)) {
      assertThat(MailServer.part(mail, 1))
          .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
          .doesNotContain("<script");
    }
    assertThat(MailServer.part(second, 1)).contains("Olá, Ana Souza!", "está confirmado");
  }

  @Test
  void aNotificationThatIsOfferedTwiceIsOneMail() {
    // given
    Notifier notifier = TestMails.notifier(MemoryStorage.create().deliveries(), sender);
    Notification notification = confirmed(Locale.ENGLISH, "Shirt");

    // when
    Delivery once = notifier.send(notification);
    Delivery again = notifier.send(notification);

    // then
    assertThat(again.id()).isEqualTo(once.id());
    assertThat(again.status()).isEqualTo(DeliveryStatus.ACCEPTED);
    assertThat(server.mails()).hasSize(1);
  }

  @Test
  void eightThreadsSendEachOfTheirMailsOnceOverFourConnections() throws Exception {
    // given
    ExecutorService threads = Executors.newFixedThreadPool(8);

    // when
    List<CompletableFuture<SendResult>> sent =
        IntStream.range(0, 400)
            .mapToObj(i -> messageTo("customer" + i + "@example.com"))
            .map(message -> CompletableFuture.supplyAsync(() -> sender.send(message), threads))
            .toList();
    List<String> accepted =
        sent.stream()
            .map(CompletableFuture::join)
            .map(result -> ((SendResult.Accepted) result).providerId())
            .toList();
    threads.shutdown();

    // then
    List<String> arrived = new ArrayList<>();
    for (MimeMessage mail : server.mails()) {
      arrived.add(mail.getMessageID());
    }
    assertThat(arrived)
        .hasSize(400)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(accepted);
  }

  @Test
  void aConnectionThatWentStaleIsReplaced() {
    // given
    sender.send(message());

    // when the server ends it, and takes the next one
    server.restart();
    SendResult result = sender.send(message());

    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    assertThat(server.mails()).hasSize(1);
  }

  @Test
  void aServerThatIsAwayMeansNotSentForNow() {
    // given
    server.close();

    // when
    SendResult result = sender.send(message());

    // then
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.NotSent.class,
            not -> {
              assertThat(not.retryable()).isTrue();
              assertThat(not.reason()).contains("the connection failed: ConnectException");
            });
  }

  @Test
  void aClosedSenderSendsNothing() {
    // given
    sender.send(message());
    sender.close();
    sender.close();

    // when
    SendResult result = sender.send(message());

    // then
    assertThat(result).isEqualTo(new SendResult.NotSent("SMTP: closed", true));
    assertThat(server.mails()).hasSize(1);
  }

  @Test
  void whatIsNoSingleAddressIsRefused() {
    for (String recipient :
        List.of(
            "",
            "ana",
            "@example.com",
            "a@example.com,b@example.com",
            "Ana <a@example.com>",
            "a@example.com\r\nRCPT TO:<b@example.com>",
            "list:a@example.com;",
            "a b@example.com",
            "jos\u00e9@example.com",
            "a\u0140b@example.com",
            "a@example.com>")) {
      assertThat(sender.send(messageTo(recipient)))
          .as("'%s'", recipient)
          .isInstanceOfSatisfying(
              SendResult.NotSent.class, not -> assertThat(not.retryable()).isFalse());
    }
    assertThat(server.mails()).isEmpty();
  }

  @Test
  void aDomainBeyondAsciiIsWrittenInItsAsciiForm() throws Exception {
    // when
    SendResult result = sender.send(messageTo("ana@bücher.example"));

    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    assertThat(server.only().getAllRecipients())
        .containsExactly(new InternetAddress("ana@xn--bcher-kva.example"));
  }
}
