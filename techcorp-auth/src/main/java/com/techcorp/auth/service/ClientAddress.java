package com.techcorp.auth.service;

import com.techcorp.error.InvalidInputException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is by its IP address: the address, or the first 64 bits of one of IPv6, since a
 * single client has all addresses behind them. Immutable; its text shows no address.
 */
final class ClientAddress {
  private static final String FIELD = "ipAddress";

  /** An IPv6 address with an IPv4 address in it, and a zone. */
  private static final int LONGEST = 100;

  private static final int NETWORK_BYTES = 8;
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*");

  private final byte[] bytes;

  private ClientAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads an address that stands there in digits; no name is ever looked up.
   *
   * @throws InvalidInputException if it is none
   */
  static ClientAddress of(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new InvalidInputException(FIELD, "is missing");
    }
    if (text.length() > LONGEST) {
      throw invalid();
    }
    int zone = text.indexOf('%');
    String digits = zone < 0 ? text : text.substring(0, zone);
    boolean isIpv6 = IPV6.matcher(digits).matches();
    if (!isIpv6 && (zone >= 0 || !IPV4.matcher(digits).matches())) {
      throw invalid();
    }
    try {
      InetAddress address = InetAddress.getByName(digits);
      byte[] all = address.getAddress();
      return new ClientAddress(
          address instanceof Inet6Address ? Arrays.copyOf(all, NETWORK_BYTES) : all);
    } catch (UnknownHostException e) {
      throw invalid();
    }
  }

  private static InvalidInputException invalid() {
    return new InvalidInputException(FIELD, "must be an IP address in digits");
  }

  /** Returns 4 bytes, or the first 8 of an IPv6 address. */
  byte[] bytes() {
    return bytes.clone();
  }

  /** Returns a description without the address: it may end up in a log. */
  @Override
  public String toString() {
    return "ClientAddress[***]";
  }
}
