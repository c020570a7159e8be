package com.techcorp.jdbc.internal.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One part of an invariant: a query whose every row is a violation. Its first line reads {@code --
 * I1 S: what is always true}.
 *
 * @param name the file, without its ending
 * @param invariant the invariant it is a part of, such as I1
 * @param eventual true if it holds once the work is done (kind E), false if always (kind S)
 * @param meaning what is always true
 * @param sql the query, with the columns subject and problem
 */
public record InvariantRule(
    String name, String invariant, boolean eventual, String meaning, String sql) {
  private static final Pattern HEADER = Pattern.compile("-- (I\\d+) ([SE]): (.+)");

  private static final List<String> NAMES =
      List.of(
          "i1-stock-not-negative",
          "i1-stock-equals-movements",
          "i1-reserved-equals-pending",
          "i1-reservation-is-item",
          "i1-sold-item-is-confirmed",
          "i1-movements-equal-reservations",
          "i1-moved-once",
          "i1-movement-shape",
          "i1-reversed-whole",
          "i1-cancelled-holds-nothing",
          "i1-hold-is-the-orders",
          "i2-one-live-charge",
          "i2-one-reference",
          "i2-charge-equals-order",
          "i2-sold-order-is-charged",
          "i2-free-order-has-no-charge",
          "i2-paid-equals-approved",
          "i2-paid-as-taken",
          "i2-refund-of-charge",
          "i2-refunds-within-charge",
          "i2-charge-tells-refunds",
          "i2-refunded-order-has-refund",
          "i2-undecided-charge-is-driven",
          "i2-open-refund-is-driven",
          "i2-unsold-charge-is-reversed",
          "i2-report-of-charge",
          "i2-reported-charge-is-settled",
          "i3-order-has-saga",
          "i3-refund-has-saga",
          "i3-owner-is-node",
          "i3-owner-lease-stands",
          "i3-owned-saga-moves",
          "i3-due-saga-runs",
          "i3-saga-has-a-place",
          "i3-parked-has-reason",
          "i3-saga-has-order",
          "i3-settled-sagas-are-done",
          "i4-sequence-gapless",
          "i4-chain-is-whole",
          "i4-head-is-last-event",
          "i4-row-is-fold",
          "i4-history-is-legal",
          "i4-items-as-created",
          "i4-order-is-complete",
          "i5-published-equals-events",
          "i5-outbox-is-in-order",
          "i5-outbox-drains",
          "i5-backlog-is-whole",
          "i5-backlog-drains",
          "i5-no-dead-letters",
          "i5-user-events-are-in-order",
          "i6-holds-expire",
          "i8-key-has-order",
          "i8-key-shape",
          "i8-live-order-has-key",
          "i8-cancelled-frees-cart",
          "i9-one-delivery",
          "i9-delivery-of-order",
          "i9-delivery-of-user",
          "i9-sending-is-decided",
          "i9-settled-none-queued",
          "i9-settled-confirmed-is-told",
          "i13-email-is-unique",
          "i13-email-is-canonical",
          "i13-hash-has-a-known-form",
          "i13-one-active-key",
          "i13-active-key-was-published",
          "i13-retired-key-was-kept");

  /** Returns whether the rule looks for the stock of orders; the other rules hold without it. */
  public boolean needsStock() {
    return name.equals("i1-sold-item-is-confirmed");
  }

  /** Returns whether the rule looks into the tables of users and signing keys. */
  public boolean needsAuthTables() {
    return sql.contains("${auth}");
  }

  /** Returns all rules, in the order of the report. */
  public static List<InvariantRule> all() {
    return NAMES.stream().map(InvariantRule::load).toList();
  }

  /** Returns the query of what there is to check: a name and a number of rows each. */
  public static String scope() {
    return read("invariant-scope.sql");
  }

  /** Returns the same query of the tables of users and signing keys. */
  public static String authScope() {
    return read("invariant-scope-auth.sql");
  }

  private static InvariantRule load(String name) {
    String sql = read("invariants/" + name + ".sql");
    Matcher header = HEADER.matcher(sql.substring(0, sql.indexOf('\n')));
    if (!header.matches()) {
      throw new IllegalStateException(name + ".sql does not begin with -- I1 S: what is true");
    }
    return new InvariantRule(
        name, header.group(1), header.group(2).equals("E"), header.group(3), sql);
  }

  private static String read(String resource) {
    try (InputStream in = InvariantRule.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from techcorp-jdbc");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
