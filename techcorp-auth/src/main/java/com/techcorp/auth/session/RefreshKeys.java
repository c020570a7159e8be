package com.techcorp.auth.session;

import com.techcorp.error.WiringException;
import java.util.Arrays;
import java.util.List;

/**
 * The key under which refresh tokens are derived, and another one whose tokens are accepted too.
 * Immutable; shows no key.
 *
 * <p>All processes of a service have the same keys. To change the key without logging anybody out,
 * first have all of them accept the new one ({@code of(old, next)}), then derive under it ({@code
 * of(next, old)}), and leave the old one out after a session's lifetime. If a key has leaked, leave
 * it out at once: everybody logs in again.
 */
public final class RefreshKeys {
  private final List<RefreshKey> keys;

  private RefreshKeys(List<RefreshKey> keys) {
    this.keys = keys;
  }

  /**
   * Derives under a key, and accepts what was derived under it.
   *
   * @param current the key
   * @return the keys
   */
  public static RefreshKeys of(RefreshKey current) {
    return new RefreshKeys(List.of(current));
  }

  /**
   * Derives under a key, and accepts what was derived under it or under another one.
   *
   * @param current the key
   * @param previous the key before, or the next one
   * @return the keys
   * @throws WiringException if both are the same
   */
  public static RefreshKeys of(RefreshKey current, RefreshKey previous) {
    if (Arrays.equals(current.id(), previous.id())) {
      throw new WiringException(
          "the current and the previous refresh key are the same: give another one, or only one");
    }
    return new RefreshKeys(List.of(current, previous));
  }

  RefreshKey current() {
    return keys.get(0);
  }

  List<RefreshKey> accepted() {
    return keys;
  }

  /** Returns a description without the keys. */
  @Override
  public String toString() {
    return "RefreshKeys[" + keys.size() + "]";
  }
}
