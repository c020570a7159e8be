package com.techcorp.bench.contender;

import com.techcorp.bench.floor.CommitAStepFloor;
import com.techcorp.bench.floor.TwoCommitFloor;
import com.techcorp.bench.workload.Shop;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The ways to take orders that are compared. */
public enum Contender {
  /** TechCorp. */
  ENGINE,
  /** TechCorp, its clients without a thread each. */
  ENGINE_ASYNC,
  /** Hand-written, two commits an order. */
  TWO_COMMIT,
  /** Hand-written, six commits an order. */
  COMMIT_A_STEP;

  /** Beside the commit threads': heartbeat, claims, relay, deliveries, look-ups of the host's. */
  private static final int ENGINE_CONNECTIONS_BESIDE_LANE = 8;

  public boolean isFloor() {
    return this == TWO_COMMIT || this == COMMIT_A_STEP;
  }

  public Shop open(HikariDataSource pool, PaymentGateway provider, EngineOptions engine) {
    return switch (this) {
      case ENGINE -> engine(pool, provider, engine);
      case ENGINE_ASYNC -> new AsyncEngineShop(engine(pool, provider, engine));
      case TWO_COMMIT -> new TwoCommitFloor(pool, provider);
      case COMMIT_A_STEP -> new CommitAStepFloor(pool, provider);
    };
  }

  private static EngineShop engine(
      HikariDataSource pool, PaymentGateway provider, EngineOptions engine) {
    return EngineShop.withoutRelay(PostgresStorage.on(pool), provider, engine);
  }

  public static int engineConnections(EngineOptions engine) {
    return engine.commitThreads() + ENGINE_CONNECTIONS_BESIDE_LANE;
  }

  public static List<Contender> all() {
    return Arrays.asList(values());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
