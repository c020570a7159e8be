package com.techcorp.amqp;

import com.techcorp.amqp.RabbitTopology.Difference;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.error.TechCorpException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the broker's topology periodically and logs new differences. */
final class TopologyWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopologyWatch.class);

  private final ScheduledExecutorService timer =
      new FaultBoundary().around(new OwnThreads()).timer("techcorp-amqp-topology", 1);
  private final Supplier<List<Difference>> look;
  private Set<Difference> known = Set.of(); // of the timer's one thread

  TopologyWatch(Supplier<List<Difference>> look) {
    this.look = look;
  }

  void start(Duration every) {
    timer.scheduleWithFixedDelay(this::look, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      Set<Difference> now = new HashSet<>(look.get());
      for (Difference each : now) {
        if (!known.contains(each)) {
          log.warn("{} at RabbitMQ: {} {}", each.kind(), each.name(), each.what());
        }
      }
      for (Difference each : known) {
        if (!now.contains(each)) {
          log.info("Mended at RabbitMQ: {} {}", each.name(), each.what());
        }
      }
      known = now;
    } catch (TechCorpException e) {
      log.warn("Cannot compare what is at RabbitMQ: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
