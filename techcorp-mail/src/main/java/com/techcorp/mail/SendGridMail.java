package com.techcorp.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.techcorp.notification.Message;
import jakarta.mail.internet.InternetAddress;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v3/mail/send}. */
final class SendGridMail {
  /** What its events carry, so that they can be matched. */
  static final String DELIVERY_ID = "delivery_id";

  private static final ObjectMapper JSON = new ObjectMapper();

  private SendGridMail() {}

  static byte[] body(Message message, InternetAddress to, Letter.Envelope envelope) {
    ObjectNode mail = JSON.createObjectNode();
    ObjectNode personalization = mail.putArray("personalizations").addObject();
    personalization.putArray("to").addObject().put("email", to.getAddress());
    mail.set("from", address(envelope.from()));
    if (envelope.replyTo() != null) {
      mail.set("reply_to", address(envelope.replyTo()));
    }
    mail.put("subject", Letter.oneLine(message.subject()));
    ArrayNode content = mail.putArray("content");
    add(content, "text/plain", message.text());
    add(content, "text/html", message.html());
    mail.putArray("categories").add(message.template());
    mail.putObject("custom_args").put(DELIVERY_ID, message.deliveryId().toString());
    mail.putObject("headers")
        .put("Auto-Submitted", "auto-generated")
        .put(Letter.DELIVERY_HEADER, message.deliveryId().toString());
    return bytes(mail);
  }

  private static void add(ArrayNode content, String type, @Nullable String value) {
    if (value != null) {
      content.addObject().put("type", type).put("value", value);
    }
  }

  private static ObjectNode address(InternetAddress address) {
    ObjectNode node = JSON.createObjectNode().put("email", address.getAddress());
    if (address.getPersonal() != null) {
      node.put("name", address.getPersonal());
    }
    return node;
  }

  private static byte[] bytes(ObjectNode mail) {
    try {
      return JSON.writeValueAsBytes(mail);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings is always JSON", e);
    }
  }
}
