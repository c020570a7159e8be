package com.techcorp.testkit.servers;

/**
 * Creates and deletes the virtual hosts of a broker. Each method throws {@link
 * IllegalStateException} when the broker refuses or cannot be reached.
 */
interface RabbitAdmin {
  /** Creates a virtual host, with all permissions for the user of the broker's address. */
  void create(String virtualHost);

  /** Deletes a virtual host and all in it; one that does not exist is fine. */
  void delete(String virtualHost);
}
