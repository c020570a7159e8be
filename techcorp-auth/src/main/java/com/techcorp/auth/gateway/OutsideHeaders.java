package com.techcorp.auth.gateway;

/** Which headers a gateway lets pass from outside: a rule for each, whatever stands before it. */
final class OutsideHeaders {
  private static final String CONNECTION = "connection";

  private OutsideHeaders() {}

  /**
   * Whether a header may pass. A name or value that HTTP does not allow does not: the next server
   * may read something else in it, such as a second header.
   */
  static boolean mayPass(String name, String value) {
    return HeaderSyntax.isName(name)
        && HeaderSyntax.isValue(value)
        && !ContextHeaders.isReserved(name)
        && !removesContext(name, value);
  }

  /** {@code Connection: X-TechCorp-Context-User} asks the next proxy to remove that header. */
  private static boolean removesContext(String name, String value) {
    if (!name.equalsIgnoreCase(CONNECTION)) {
      return false;
    }
    for (String named : value.split(",", -1)) {
      if (ContextHeaders.isReserved(named)) {
        return true;
      }
    }
    return false;
  }
}
