package com.techcorp.servers.rabbit;

/**
 * Creates and deletes the virtual hosts and users of a broker. Each method throws {@link
 * IllegalStateException} when the broker refuses or cannot be reached.
 */
interface RabbitAdmin {
  /** Creates a virtual host, with all permissions for the user of the broker's address. */
  void create(String virtualHost);

  /** Deletes a virtual host and all in it; one that does not exist is fine. */
  void delete(String virtualHost);

  /** Creates a user who may do nothing yet. */
  void createUser(String name, String password);

  /** Says what a user may do in a virtual host; replaces what it might before. */
  void permit(String virtualHost, String user, RabbitPermissions permissions);

  /** Deletes a user; one that does not exist is fine. */
  void deleteUser(String name);
}
