package com.techcorp.servers.rabbit;

/**
 * What a user may do in a virtual host: three regular expressions over the names of exchanges and
 * queues, of which a part of a name may match. Immutable.
 *
 * @param configure declare and delete; empty for nothing
 * @param write publish to an exchange, bind a queue; empty for nothing
 * @param read consume from a queue, bind to an exchange; empty for nothing
 */
public record RabbitPermissions(String configure, String write, String read) {
  /** All that there is. */
  public static final RabbitPermissions ALL = of(".*");

  /**
   * The same for all three.
   *
   * @param names a regular expression, such as {@code ^techcorp\.}
   * @return the permissions
   */
  public static RabbitPermissions of(String names) {
    return new RabbitPermissions(names, names, names);
  }
}
