package com.techcorp.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.WiringException;
import com.techcorp.notification.SendResult;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses are written so that mail goes where they say, or they are refused. */
class MailAddressTest {
  @ParameterizedTest
  @DisplayName("S13: a domain beyond ASCII is written by IDNA2008")
  @CsvSource({
    "ana@faß.de,              ana@xn--fa-hia.de",
    "ana@βόλος.com,           ana@xn--nxasmm1c.com",
    "ana@نامه‌ای.com,          ana@xn--mgba3gch31f060k.com",
    "ana@bücher.example,      ana@xn--bcher-kva.example",
    "ana@BÜCHER.example,      ana@xn--bcher-kva.example",
    "ana@日本語。jp,           ana@xn--wgv71a119e.jp",
    "Ana.Souza@Example.COM,   Ana.Souza@Example.COM",
    "ana@xn--fa-hia.de,       ana@xn--fa-hia.de"
  })
  void isWrittenInAscii(String text, String ascii) throws Exception {
    assertThat(MailAddress.recipient(text).getAddress()).isEqualTo(ascii);
  }

  @ParameterizedTest
  @DisplayName("S13: what cannot be written is refused, and the part is named")
  @CsvSource({
    "josé@example.com,    the part before the @ of the recipient is not ASCII",
    "ana@bü cher.de,      the domain of the recipient cannot be written in ASCII: DISALLOWED",
    "ana@-bücher.de,      the domain of the recipient cannot be written in ASCII: LEADING_HYPHEN",
    "ana@bü..de,          the domain of the recipient cannot be written in ASCII: EMPTY_LABEL",
    "ana@a\u200db.de,     the domain of the recipient cannot be written in ASCII: CONTEXTJ",
    "ana@\u0627a.de,      the domain of the recipient cannot be written in ASCII: BIDI",
    "ana@bü_cher.de,      the domain of the recipient cannot be written in ASCII: DISALLOWED",
    "ana@xn--ü.de,        the domain of the recipient cannot be written in ASCII: PUNYCODE",
    "ana,                 the recipient has no @ with something before it",
    "@example.com,        the recipient has no @ with something before it"
  })
  void isRefusedByName(String text, String why) {
    assertThatExceptionOfType(AddressRefusedException.class)
        .isThrownBy(() -> MailAddress.recipient(text))
        .withMessage(why);
  }

  @Test
  @DisplayName("S13: a label that becomes too long is refused")
  void isRefusedIfTooLong() {
    assertThatExceptionOfType(AddressRefusedException.class)
        .isThrownBy(() -> MailAddress.recipient("ana@" + "ü".repeat(63) + ".de"))
        .withMessageEndingWith("in ASCII: LABEL_TOO_LONG");
  }

  @Test
  @DisplayName("S13: a reason names the part and not the address")
  void namesNoAddress() {
    try (SmtpSender smtp = SmtpSender.builder("127.0.0.1", "a@b.example").build()) {
      SendGridSender sendGrid = SendGridSender.of("key", "a@b.example");
      assertThat(smtp.send(TestMails.messageTo("josé@example.com")))
          .isEqualTo(
              new SendResult.NotSent(
                  "SMTP: the part before the @ of the recipient is not ASCII", false));
      assertThat(sendGrid.send(TestMails.messageTo("ana@bü..de")))
          .isEqualTo(
              new SendResult.NotSent(
                  "SendGrid: the domain of the recipient cannot be written in ASCII: EMPTY_LABEL",
                  false));
    }
  }

  @Test
  @DisplayName("S13: whom messages are from is written the same way")
  void ourOwnIsWrittenInAscii() {
    assertThat(MailAddress.own("Straße <shop@faß.de>", "from").getAddress())
        .isEqualTo("shop@xn--fa-hia.de");
    assertThat(MailAddress.own("Straße <shop@faß.de>", "from").getPersonal()).isEqualTo("Straße");
    assertThat(MailAddress.own("shop@نامه\u200cای.com", "from").getAddress())
        .isEqualTo("shop@xn--mgba3gch31f060k.com");
  }

  @ParameterizedTest
  @DisplayName("S13: a builder says which part of our own address cannot be written")
  @ValueSource(strings = {"josé@example.com", "Shop <shop@a\u200db.de>"})
  void ourOwnIsRefusedByName(String from) {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> SmtpSender.builder("mail.example.com", from))
        .withMessageContaining("mail: from:");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> SendGridSender.builder("key", "a@b.example").replyTo(from))
        .withMessageContaining("mail: replyTo:");
  }
}
