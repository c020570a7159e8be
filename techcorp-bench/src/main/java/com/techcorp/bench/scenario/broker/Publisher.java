package com.techcorp.bench.scenario.broker;

/** Who publishes. */
enum Publisher {
  BARE("bare amqp-client"),
  RELAY("relay"),
  POLLING("relay, by polling only");

  private final String text;

  Publisher(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
