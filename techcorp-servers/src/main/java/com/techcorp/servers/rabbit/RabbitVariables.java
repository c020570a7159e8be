package com.techcorp.servers.rabbit;

/** What the environment says about the broker to use. */
final class RabbitVariables {
  static final String URL = "TECHCORP_RABBITMQ_URL";
  static final String MANAGEMENT_URL = "TECHCORP_RABBITMQ_MANAGEMENT_URL";
  static final String MAJOR = "techcorp.rabbitmq.major";

  private RabbitVariables() {}
}
