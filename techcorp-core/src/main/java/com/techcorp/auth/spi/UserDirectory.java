package com.techcorp.auth.spi;

import com.techcorp.auth.User;
import com.techcorp.auth.UserEvent;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The users, and the authority about who may log in.
 *
 * <p>Each method throws {@link com.techcorp.error.UnavailableException} if the directory cannot be
 * reached; a change may or may not have been made then. Each method throws {@link
 * com.techcorp.error.InvalidInputException} for what {@link UserRules} refuses; nothing was changed
 * then. Implementations are thread-safe.
 */
public interface UserDirectory {
  /**
   * Finds a user by e-mail address.
   *
   * @param canonicalEmail the address in its canonical form
   * @return the user; empty if nobody has this address
   */
  Optional<User> findByEmail(String canonicalEmail);

  /**
   * Finds a user by id.
   *
   * @param userId the user's id
   * @return the user; empty if there is none
   */
  Optional<User> find(UUID userId);

  /**
   * Adds a user.
   *
   * @param user with an id of its own; its times are kept in microseconds
   * @return false if another user has this canonical address or id; nothing was changed then
   */
  boolean add(User user);

  /**
   * Changes a user, unless somebody else did so in the meantime.
   *
   * @param before the user as it was read; the change is made only if password, status and {@code
   *     sessionsValidAfter} are still the same
   * @param after the user as it shall be, with the same id and addresses
   * @param events of this user, to be published if the change is made, and written in its
   *     transaction, one after the other. The directory gives each its sequence, for only the
   *     transaction of the change knows it. A directory that {@link #publishes} none ignores them
   * @return whether the change was made
   */
  boolean change(User before, User after, List<UserEvent> events);

  /**
   * Returns whether {@link #change} writes events in its transaction.
   *
   * @return true for a directory that shares its database with an outbox
   */
  boolean publishes();
}
