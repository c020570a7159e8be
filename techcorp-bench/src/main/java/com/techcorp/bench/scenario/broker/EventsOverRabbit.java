package com.techcorp.bench.scenario.broker;

import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.statistics.Summary;
import com.techcorp.bench.text.Finding;
import com.techcorp.bench.text.MarkdownTable;
import com.techcorp.bench.text.Screen;
import com.techcorp.bench.text.Texts;
import com.techcorp.saga.EngineOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** How fast events leave for RabbitMQ, and how soon a consumer has one. */
public final class EventsOverRabbit {
  /** Rounds for the JVM to compile what is hot. */
  private static final int UNCOUNTED = 2;

  /** At 20 orders a second, 600 events: the 99th percentile is then not just the slowest one. */
  private static final Duration MEASURED_FOR_P99 = Duration.ofSeconds(15);

  private final BenchServer server;
  private final EngineOptions engine;
  private final Screen screen;
  private final long events;
  private final SliceTimes times;
  private final int rounds;

  public EventsOverRabbit(
      BenchServer server,
      EngineOptions engine,
      Screen screen,
      long events,
      SliceTimes times,
      int rounds) {
    this.server = server;
    this.engine = engine;
    this.screen = screen;
    this.events = events;
    this.times = times;
    this.rounds = rounds;
  }

  public Finding run() throws InterruptedException {
    List<String> lines = new ArrayList<>();
    try (Broker broker = Broker.start()) {
      drained(broker, lines);
      lines.add("");
      live(broker, lines);
      lines.add("");
      latency(broker, lines);
    }
    return new Finding("Events over RabbitMQ", lines);
  }

  private void drained(Broker broker, List<String> lines) throws InterruptedException {
    EventBacklog backlog = new EventBacklog(server, engine, broker, events);
    Map<Publisher, List<Double>> rates = new EnumMap<>(Publisher.class);
    for (int round = 1 - UNCOUNTED; round <= rounds; round++) {
      for (Publisher publisher : inTurn(round)) {
        double rate = backlog.drain(publisher);
        screen.line("  %,d events, round %d, %s: %,.0f events/s", events, round, publisher, rate);
        if (round > 0) {
          rates.computeIfAbsent(publisher, p -> new ArrayList<>()).add(rate);
        }
      }
    }
    lines.add(
        String.format(
            "A backlog of %,d events of %,d orders, one broker, a quorum queue without consumers; at"
                + " most %,d events are unconfirmed.",
            events, events / EngineShop.EVENTS_AN_ORDER, EventBacklog.UNCONFIRMED));
    lines.add("");
    MarkdownTable table = new MarkdownTable("publisher", "events/s", "to bare");
    for (Publisher publisher : Publisher.values()) {
      List<Double> mine = rates.getOrDefault(publisher, List.of());
      List<Double> bare = rates.getOrDefault(Publisher.BARE, List.of());
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < mine.size(); i++) {
        ratios.add(mine.get(i) / bare.get(i));
      }
      table.row(
          publisher.toString(), Texts.rate(Summary.of(mine)), Texts.ratio(Summary.of(ratios)));
    }
    lines.addAll(table.lines());
  }

  /** There and back again: what the machine or the broker does over a round falls on all. */
  private static List<Publisher> inTurn(int round) {
    List<Publisher> publishers = new ArrayList<>(List.of(Publisher.values()));
    if (round % 2 == 0) {
      Collections.reverse(publishers);
    }
    return publishers;
  }

  private void live(Broker broker, List<String> lines) throws InterruptedException {
    LiveRelay live = new LiveRelay(server, engine, broker, times);
    Map<Publisher, List<LiveRelay.Result>> results = new EnumMap<>(Publisher.class);
    for (int round = 1; round <= rounds; round++) {
      for (Publisher publisher : List.of(Publisher.RELAY, Publisher.POLLING)) {
        LiveRelay.Result result = live.run(publisher);
        screen.line("  beside orders, round %d, %s: %s", round, publisher, result);
        results.computeIfAbsent(publisher, p -> new ArrayList<>()).add(result);
      }
    }
    lines.add(
        String.format(
            "Beside orders, %d clients, provider 0 ms: what was published in the measured seconds,"
                + " and what waited at their end.",
            LiveRelay.CLIENTS));
    lines.add("");
    MarkdownTable table = new MarkdownTable("publisher", "orders/s", "events/s", "waiting");
    results.forEach(
        (publisher, of) ->
            table.row(
                publisher.toString(),
                Texts.rate(spread(of, LiveRelay.Result::ordersPerSecond)),
                Texts.rate(spread(of, LiveRelay.Result::eventsPerSecond)),
                Texts.rate(spread(of, LiveRelay.Result::waiting))));
    lines.addAll(table.lines());
  }

  private void latency(Broker broker, List<String> lines) throws InterruptedException {
    EventLatency latency = latency(broker, times);
    EventLatency longer =
        latency(
            broker, new SliceTimes(times.warmUp(), longest(times.measured(), MEASURED_FOR_P99)));
    Map<Publisher, List<EventLatency.Result>> results = new EnumMap<>(Publisher.class);
    List<EventLatency.Result> full = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      for (Publisher publisher : Publisher.values()) {
        EventLatency.Result result =
            (publisher == Publisher.RELAY ? longer : latency).run(publisher);
        screen.line("  low load, round %d, %s: %s", round, publisher, result);
        results.computeIfAbsent(publisher, p -> new ArrayList<>()).add(result);
      }
      full.add(longer.besideAFullQueue());
      screen.line("  low load, round %d, relay beside a full queue: %s", round, last(full));
    }
    lines.add(
        String.format(
            "%d orders/s: from the commit (bare: from publishing) to the consumer's handler, in ms."
                + " An order's second event is published when its first is confirmed; both are"
                + " committed at once.",
            EventLatency.ORDERS_PER_SECOND));
    lines.add("");
    MarkdownTable table =
        new MarkdownTable(
            "publisher", "first event, p50", "p99", "second event, p50", "all, p50", "all, p99");
    results.forEach((publisher, of) -> table.row(row(publisher.toString(), of)));
    table.row(row("relay, while another consumer's queue is full", full));
    lines.addAll(table.lines());
    lines.add("");
    lines.add(
        "p99 of all beside the full queue, to without, of all rounds together: "
            + Texts.ratio(all99(full) / all99(results.getOrDefault(Publisher.RELAY, List.of()))));
  }

  private EventLatency latency(Broker broker, SliceTimes of) {
    return new EventLatency(server, engine, broker, of);
  }

  private static Duration longest(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static double all99(List<EventLatency.Result> of) {
    Histogram all = new Histogram(of.get(0).both());
    of.forEach(result -> all.add(result.both()));
    return all.getValueAtPercentile(99) / 1e6;
  }

  private static String[] row(String name, List<EventLatency.Result> of) {
    return new String[] {
      name,
      millis(spread(of, result -> result.first(50))),
      millis(spread(of, result -> result.first(99))),
      millis(spread(of, result -> result.second(50))),
      millis(spread(of, result -> result.all(50))),
      millis(spread(of, result -> result.all(99)))
    };
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private static String millis(Summary spread) {
    return Texts.millis(spread.median())
        + " ("
        + Texts.millis(spread.least())
        + "–"
        + Texts.millis(spread.most())
        + ")";
  }

  private static <T> Summary spread(List<T> results, ToDoubleFunction<T> figure) {
    return Summary.of(results.stream().map(figure::applyAsDouble).toList());
  }
}
