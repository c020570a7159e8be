package com.techcorp.mail;

import com.techcorp.notification.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** A message as MIME: its text and, beside it, the same as HTML, in UTF-8. */
final class Letter extends MimeMessage {
  /** Tells which delivery a mail is. */
  static final String DELIVERY_HEADER = "X-TechCorp-Delivery";

  private static final String UTF_8 = "UTF-8";

  private final String id;

  private Letter(Session session, String id) {
    super(session);
    this.id = id;
  }

  /**
   * Writes a letter, whole: what cannot be written fails here and not on the way to a server.
   *
   * @param message what to say
   * @param to whom
   * @param envelope who says it
   * @param date when
   */
  static Letter of(
      Session session, Message message, InternetAddress to, Envelope envelope, Instant date)
      throws MessagingException, IOException {
    Letter letter = new Letter(session, "<" + message.deliveryId() + "@" + envelope.domain() + ">");
    letter.setFrom(envelope.from());
    if (envelope.replyTo() != null) {
      letter.setReplyTo(new InternetAddress[] {envelope.replyTo()});
    }
    letter.setRecipient(RecipientType.TO, to);
    letter.setSubject(oneLine(message.subject()), UTF_8);
    letter.setSentDate(Date.from(date));
    letter.setHeader("Auto-Submitted", "auto-generated");
    letter.setHeader(DELIVERY_HEADER, message.deliveryId().toString());
    letter.fill(message.text(), message.html());
    letter.saveChanges();
    letter.writeTo(OutputStream.nullOutputStream());
    return letter;
  }

  /** The addresses of a letter. */
  record Envelope(InternetAddress from, @Nullable InternetAddress replyTo) {
    String domain() {
      String address = from.getAddress();
      return address.substring(address.lastIndexOf('@') + 1);
    }
  }

  /** A header ends at the end of a line: a subject must have one only. */
  static String oneLine(String subject) {
    return subject.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
  }

  private void fill(String text, @Nullable String html) throws MessagingException {
    if (html == null) {
      setText(text, UTF_8);
      return;
    }
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(text, UTF_8);
    MimeBodyPart rich = new MimeBodyPart();
    rich.setText(html, UTF_8, "html");
    setContent(new MimeMultipart("alternative", plain, rich));
  }

  String id() {
    return id;
  }

  /**
   * Returns the same id for each attempt at a delivery, so that a recipient recognises a duplicate.
   */
  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }
}
