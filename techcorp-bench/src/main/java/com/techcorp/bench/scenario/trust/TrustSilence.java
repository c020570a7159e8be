package com.techcorp.bench.scenario.trust;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.scenario.DatabaseShop;
import com.techcorp.bench.scenario.TolerantClients;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.saga.EngineOptions;
import com.techcorp.servers.proxy.TcpProxy;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * All open connections fall silent, as when a firewall forgets them; new ones reach the server. How
 * long until orders are confirmed again.
 */
final class TrustSilence implements Trouble {
  private static final int CLIENTS = 4;
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(10);

  private final BenchServer server;
  private final EngineOptions engine;
  private final SliceTimes times;

  TrustSilence(BenchServer server, EngineOptions engine, SliceTimes times) {
    this.server = server;
    this.engine = engine;
    this.times = times;
  }

  @Override
  public List<TrustRow> run() throws InterruptedException {
    try (BenchDatabase database = server.database(Tables.EMPTY);
        TcpProxy proxy = proxy(database.url())) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(proxy.through(database.url()));
      try (HikariDataSource pool = pool(source);
          EngineShop shop =
              EngineShop.withoutRelay(
                  PostgresStorage.on(pool), new Provider(Duration.ZERO), engine);
          TolerantClients clients =
              TolerantClients.start(shop, new Workload(Load.UNIFORM), CLIENTS, Duration.ZERO)) {
        clients.warmUp(times.warmUp());
        source.setUrl(database.url());
        proxy.blackHole();
        Duration took = untilConfirmed(clients);
        proxy.resetAll();
        clients.stop();
        DatabaseShop.verify(database);
        return List.of(
            TrustRow.time(
                "all open connections are silent: until orders are confirmed again",
                took,
                LONGEST,
                "below a minute"));
      }
    }
  }

  private static TcpProxy proxy(String url) {
    URI address = URI.create(url.substring("jdbc:".length()));
    return TcpProxy.before(address.getHost(), address.getPort());
  }

  private HikariDataSource pool(PGSimpleDataSource source) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(Contender.engineConnections(engine));
    config.setConnectionTimeout(5_000);
    config.setPoolName("techcorp-bench");
    return new HikariDataSource(config);
  }

  /** Of orders that were placed before the silence, some may be confirmed on their last byte. */
  private static Duration untilConfirmed(TolerantClients clients) {
    TolerantClients.pass(Duration.ofMillis(200));
    long began = System.nanoTime();
    long before = clients.confirmed();
    Duration took = Duration.ZERO;
    while (clients.confirmed() == before && took.compareTo(LONGEST) < 0) {
      TolerantClients.pass(LOOK);
      took = Duration.ofNanos(System.nanoTime() - began);
    }
    return took;
  }
}
