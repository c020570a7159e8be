package com.techcorp.auth.token;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * The times and sizes of {@link RemoteKeys}. Immutable: each {@code with} method returns a changed
 * copy.
 *
 * @param refetchEvery the time between two fetches at the least, whatever is asked for and by
 *     however many. Default 30 s
 * @param refreshEvery the age at which the keys are fetched again; a key that the issuer no longer
 *     publishes then goes. Default 5 minutes
 * @param timeout how long a fetch may take from the first byte to the last. Default 2 s
 * @param longest how many bytes the document may have. Default 65,536
 * @param unknown how many ids without a key are remembered, each for {@code refreshEvery}. Default
 *     10,000
 * @param plainHttp whether {@code http://} is allowed; anyone who intercepts it can issue tokens.
 *     Default false
 */
public record RemoteKeysOptions(
    Duration refetchEvery,
    Duration refreshEvery,
    Duration timeout,
    int longest,
    int unknown,
    boolean plainHttp) {
  /** The defaults named above. */
  public static final RemoteKeysOptions DEFAULT =
      new RemoteKeysOptions(
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofSeconds(2),
          65_536,
          10_000,
          false);

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public RemoteKeysOptions {
    Require.atLeast("RemoteKeysOptions.refetchEvery", refetchEvery, Duration.ofSeconds(1));
    Require.atLeast("RemoteKeysOptions.refreshEvery", refreshEvery, Duration.ofSeconds(1));
    Require.between(
        "RemoteKeysOptions.timeout", timeout, Duration.ofMillis(10), Duration.ofSeconds(60));
    Require.between("RemoteKeysOptions.longest", longest, 1_024, 16_777_216);
    Require.atLeast("RemoteKeysOptions.unknown", unknown, 1);
  }

  /**
   * Changes the time between two fetches at the least.
   *
   * @param refetchEvery at least 1 s; default 30 s
   * @return a changed copy
   */
  public RemoteKeysOptions withRefetchEvery(Duration refetchEvery) {
    return new RemoteKeysOptions(refetchEvery, refreshEvery, timeout, longest, unknown, plainHttp);
  }

  /**
   * Changes the age at which the keys are fetched again.
   *
   * @param refreshEvery at least 1 s; default 5 minutes. At most what the issuer allows by its
   *     {@code Cache-Control}
   * @return a changed copy
   */
  public RemoteKeysOptions withRefreshEvery(Duration refreshEvery) {
    return new RemoteKeysOptions(refetchEvery, refreshEvery, timeout, longest, unknown, plainHttp);
  }

  /**
   * Changes how long a fetch may take.
   *
   * @param timeout 10 ms to 60 s; default 2 s
   * @return a changed copy
   */
  public RemoteKeysOptions withTimeout(Duration timeout) {
    return new RemoteKeysOptions(refetchEvery, refreshEvery, timeout, longest, unknown, plainHttp);
  }

  /**
   * Changes how many bytes the document may have.
   *
   * @param longest 1,024 to 16,777,216; default 65,536
   * @return a changed copy
   */
  public RemoteKeysOptions withLongest(int longest) {
    return new RemoteKeysOptions(refetchEvery, refreshEvery, timeout, longest, unknown, plainHttp);
  }

  /**
   * Changes how many ids without a key are remembered.
   *
   * @param unknown at least 1; default 10,000
   * @return a changed copy
   */
  public RemoteKeysOptions withUnknown(int unknown) {
    return new RemoteKeysOptions(refetchEvery, refreshEvery, timeout, longest, unknown, plainHttp);
  }

  /**
   * Changes whether {@code http://} is allowed.
   *
   * @param plainHttp true only if nobody can intercept it; default false
   * @return a changed copy
   */
  public RemoteKeysOptions withPlainHttp(boolean plainHttp) {
    return new RemoteKeysOptions(refetchEvery, refreshEvery, timeout, longest, unknown, plainHttp);
  }
}
