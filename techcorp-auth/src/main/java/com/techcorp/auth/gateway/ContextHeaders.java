package com.techcorp.auth.gateway;

import java.util.List;

/**
 * The names of the context headers, version 1. They are a contract between gateways and services of
 * any language; docs/authentication.md describes it. Every name with {@link #PREFIX} is reserved.
 */
public final class ContextHeaders {
  /** How all names begin, also those of later versions. */
  public static final String PREFIX = "X-TechCorp-Context-";

  /** The version of the contract: {@code 1}. */
  public static final String VERSION = PREFIX + "Version";

  /** The id of the key that signed. */
  public static final String KEY = PREFIX + "Key";

  /** When they were signed, in milliseconds since 1970. */
  public static final String TIME = PREFIX + "Time";

  /** The user's UUID. */
  public static final String USER = PREFIX + "User";

  /** The user's e-mail address, percent-encoded. */
  public static final String EMAIL = PREFIX + "Email";

  /** The session's UUID. */
  public static final String SESSION = PREFIX + "Session";

  /** The request's id in logs. */
  public static final String REQUEST = PREFIX + "Request";

  /** The trace that the request belongs to. The only one that may be missing. */
  public static final String TRACEPARENT = PREFIX + "Traceparent";

  /** The signature over all others and over the request's method, path and query. */
  public static final String SIGNATURE = PREFIX + "Signature";

  /** The value of {@link #VERSION}. */
  static final String VERSION_1 = "1";

  /** What is signed, in the order in which it is signed. */
  static final List<String> SIGNED =
      List.of(VERSION, KEY, TIME, USER, EMAIL, SESSION, REQUEST, TRACEPARENT);

  /** The letters and digits of {@link #PREFIX}. */
  private static final String RESERVED = "xtechcorpcontext";

  private ContextHeaders() {}

  /**
   * Says whether a name is reserved: whether its letters and digits begin like those of {@link
   * #PREFIX}, in any letter case and whatever stands between them. Servers read {@code
   * X_TechCorp_Context_User}, and some even {@code X.TechCorp.Context.User}, as the header itself.
   *
   * @param name a header's or trailer's, as it came
   * @return whether no outsider may send it
   */
  public static boolean isReserved(String name) {
    int found = 0;
    for (int i = 0; i < name.length() && found < RESERVED.length(); i++) {
      char c = name.charAt(i);
      if (HeaderSyntax.isLetterOrDigit(c)) {
        if (Character.toLowerCase(c) != RESERVED.charAt(found)) {
          return false;
        }
        found++;
      }
    }
    return found == RESERVED.length();
  }
}
