package com.techcorp.auth.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The context headers of a request: each that must be there is there, none is there twice, and
 * nothing else stands under a reserved name. Nothing of them is believed yet.
 */
final class ContextSet {
  private static final int LONGEST_VALUE = 4_096;

  private static final Map<String, String> NAMES = namesInAnyCase();

  private final Map<String, String> values;

  private ContextSet(Map<String, String> values) {
    this.values = values;
  }

  private static Map<String, String> namesInAnyCase() {
    Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    ContextHeaders.SIGNED.forEach(name -> names.put(name, name));
    names.put(ContextHeaders.SIGNATURE, ContextHeaders.SIGNATURE);
    return names;
  }

  /** Finds the set; empty if nothing stands under a reserved name, in whatever spelling. */
  static Optional<ContextSet> in(RequestHeaders headers) throws RefusedContextException {
    List<Map.Entry<String, String>> reserved = new ArrayList<>();
    for (Map.Entry<String, String> header : headers.entries()) {
      if (ContextHeaders.isReserved(header.getKey())) {
        reserved.add(header);
      }
    }
    if (reserved.isEmpty()) {
      return Optional.empty();
    }
    // First, as a later version may have more names.
    for (String version : headers.values(ContextHeaders.VERSION)) {
      require(version.equals(ContextHeaders.VERSION_1), ContextRefusal.UNKNOWN_VERSION);
    }
    return Optional.of(new ContextSet(values(reserved)));
  }

  private static Map<String, String> values(List<Map.Entry<String, String>> reserved)
      throws RefusedContextException {
    for (Map.Entry<String, String> header : reserved) {
      String name = header.getKey();
      // Some letters beyond ASCII are the same as one of ours in another letter case.
      boolean known = HeaderSyntax.isName(name) && NAMES.containsKey(name);
      require(known, ContextRefusal.UNKNOWN_NAME);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, String> header : reserved) {
      String name = Objects.requireNonNull(NAMES.get(header.getKey()));
      require(values.put(name, header.getValue()) == null, ContextRefusal.REPEATED);
    }
    for (String name : NAMES.values()) {
      boolean there = values.containsKey(name) || name.equals(ContextHeaders.TRACEPARENT);
      require(there, ContextRefusal.MISSING);
    }
    for (String value : values.values()) {
      boolean plain = value.length() <= LONGEST_VALUE && HeaderSyntax.isVisible(value);
      require(plain, ContextRefusal.MALFORMED_VALUE);
    }
    return values;
  }

  private static void require(boolean holds, ContextRefusal reason) throws RefusedContextException {
    if (!holds) {
      throw new RefusedContextException(reason);
    }
  }

  /** Returns a value that must be there. */
  String value(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  @Nullable String traceparent() {
    return values.get(ContextHeaders.TRACEPARENT);
  }

  /** Returns all values, by the names as the contract spells them. */
  Map<String, String> values() {
    return values;
  }

  /** Returns a description without the headers. */
  @Override
  public String toString() {
    return "ContextSet[***]";
  }
}
