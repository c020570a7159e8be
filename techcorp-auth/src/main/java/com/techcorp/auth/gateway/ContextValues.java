package com.techcorp.auth.gateway;

import com.techcorp.error.InvalidInputException;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** How a context stands in the values of its headers. */
final class ContextValues {
  private static final int UUID_LENGTH = 36;

  private ContextValues() {}

  /** Returns the values by name, in the contract's order. */
  static Map<String, String> of(RequestContext context) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(ContextHeaders.USER, context.userId().toString());
    values.put(ContextHeaders.EMAIL, PercentEncoding.encode(context.email()));
    values.put(ContextHeaders.SESSION, context.sessionId().toString());
    values.put(ContextHeaders.REQUEST, context.requestId());
    if (context.traceparent() != null) {
      values.put(ContextHeaders.TRACEPARENT, context.traceparent());
    }
    return values;
  }

  /** Reads the context of a set whose signature is right. */
  static RequestContext context(ContextSet set) throws RefusedContextException {
    UUID user = uuid(set.value(ContextHeaders.USER), ContextRefusal.INVALID_USER);
    String email = email(set.value(ContextHeaders.EMAIL));
    UUID session = uuid(set.value(ContextHeaders.SESSION), ContextRefusal.INVALID_SESSION);
    String request = set.value(ContextHeaders.REQUEST);
    try {
      return new RequestContext(user, email, session, request, set.traceparent());
    } catch (InvalidInputException e) {
      throw new RefusedContextException(reason(e.field()));
    }
  }

  private static ContextRefusal reason(String field) {
    return switch (field) {
      case "email" -> ContextRefusal.INVALID_EMAIL;
      case "requestId" -> ContextRefusal.INVALID_REQUEST;
      default -> ContextRefusal.INVALID_TRACEPARENT;
    };
  }

  private static UUID uuid(String value, ContextRefusal reason) throws RefusedContextException {
    if (value.length() == UUID_LENGTH) {
      try {
        UUID uuid = UUID.fromString(value);
        if (uuid.toString().equals(value)) {
          return uuid;
        }
      } catch (IllegalArgumentException e) {
        // Its message quotes the value.
        throw new RefusedContextException(reason);
      }
    }
    throw new RefusedContextException(reason);
  }

  private static String email(String value) throws RefusedContextException {
    try {
      return PercentEncoding.decode(value);
    } catch (CharacterCodingException e) {
      throw new RefusedContextException(ContextRefusal.INVALID_EMAIL);
    }
  }
}
