package com.techcorp.auth.service;

import com.techcorp.auth.EmailAddress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The names under which attempts are counted: hashes under a key, so that who reads the store
 * learns neither an address of a person nor one of a machine.
 */
final class AttemptKeys {
  private static final String PURPOSE = "techcorp-login-limits-1";

  private final KeyedHash hash;

  AttemptKeys(byte[] secret) {
    this.hash = new KeyedHash(secret, PURPOSE);
  }

  String ofAccount(EmailAddress account) {
    return name("account", new byte[0], account);
  }

  String ofAddress(ClientAddress address) {
    return "address:" + hashed(address.bytes());
  }

  String ofBoth(EmailAddress account, ClientAddress address) {
    return name("both", address.bytes(), account);
  }

  String ofDevice(EmailAddress account, DeviceProofs.Device device) {
    byte[] id = device.id().toString().getBytes(StandardCharsets.US_ASCII);
    return name("device", id, account);
  }

  private String name(String kind, byte[] who, EmailAddress account) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(who.length);
    content.writeBytes(who);
    content.writeBytes(account.canonical().getBytes(StandardCharsets.UTF_8));
    return kind + ":" + hashed(content.toByteArray());
  }

  private String hashed(byte[] content) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash.of(content));
  }
}
