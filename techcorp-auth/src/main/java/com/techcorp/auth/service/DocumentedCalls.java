package com.techcorp.auth.service;

import com.techcorp.error.TechCorpException;
import com.techcorp.error.TokenRedaction;
import com.techcorp.error.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The edge to callers: whatever fails behind it, they see the library's own exceptions, and none of
 * them quotes a secret that came with the call.
 */
final class DocumentedCalls {
  private DocumentedCalls() {}

  /**
   * Returns the call's result.
   *
   * @param secrets what came with it; may be null
   */
  static <T> T documented(Supplier<T> call, @Nullable String... secrets) {
    try {
      return call.get();
    } catch (TechCorpException e) {
      throw e;
    } catch (Throwable e) {
      TokenRedaction redaction = TokenRedaction.of(present(secrets));
      throw new UnavailableException(
          "it failed unexpectedly, repeat it: " + redaction.reason(e), redaction.safe(e));
    }
  }

  private static List<String> present(@Nullable String... secrets) {
    List<String> present = new ArrayList<>();
    for (String secret : secrets) {
      if (secret != null) {
        present.add(secret);
      }
    }
    return present;
  }
}
