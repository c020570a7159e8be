package com.techcorp.bench.scenario;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.measure.StatementProfile;
import com.techcorp.bench.plan.Condition;
import com.techcorp.bench.statistics.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** All that the matrix measured. */
public final class Results {
  private final List<Sample> samples = new ArrayList<>();
  private final Map<Key, StatementProfile> profiles = new LinkedHashMap<>();

  private record Key(Condition cell, Contender contender) {}

  /**
   * A contender under one set of conditions, over all rounds.
   *
   * @param cell the conditions
   * @param contender who
   * @param samples one a round
   * @param statements an order; empty if they were not counted
   */
  public record Line(
      Condition cell, Contender contender, List<Sample> samples, OptionalDouble statements) {
    public Summary rate() {
      return spread(sample -> sample.result().perSecond());
    }

    Summary spread(ToDoubleFunction<Sample> value) {
      return Summary.of(samples.stream().mapToDouble(value).boxed().toList());
    }

    public double median(ToDoubleFunction<Sample> value) {
      return spread(value).median();
    }

    public OptionalDouble serverMicros() {
      return samples.stream().allMatch(s -> s.costs().serverMicros().isPresent())
          ? OptionalDouble.of(median(s -> s.costs().serverMicros().orElse(0)))
          : OptionalDouble.empty();
    }

    public int pool() {
      return samples.get(0).pool();
    }
  }

  void add(Sample sample) {
    samples.add(sample);
  }

  void add(Condition cell, Contender contender, StatementProfile profile) {
    profiles.put(new Key(cell, contender), profile);
  }

  public boolean isEmpty() {
    return samples.isEmpty();
  }

  public List<Condition.Group> groups() {
    return samples.stream().map(sample -> sample.cell().group()).distinct().toList();
  }

  /** In the order of a table, whatever came first. */
  public List<Condition> cells(Condition.Group group) {
    return samples.stream()
        .map(Sample::cell)
        .filter(cell -> cell.group().equals(group))
        .distinct()
        .sorted(Comparator.comparingInt(Condition::clients))
        .toList();
  }

  public List<Line> lines(Condition cell) {
    return Contender.all().stream()
        .map(contender -> line(cell, contender))
        .filter(line -> !line.samples().isEmpty())
        .toList();
  }

  private Line line(Condition cell, Contender contender) {
    StatementProfile profile = profiles.get(new Key(cell, contender));
    return new Line(
        cell,
        contender,
        samples.stream().filter(s -> s.cell().equals(cell) && s.contender() == contender).toList(),
        profile == null ? OptionalDouble.empty() : OptionalDouble.of(profile.perOrder()));
  }

  /** Of each round, how many times faster a contender was than the floor of that round. */
  public Optional<Summary> ratio(Line line, Contender floor) {
    List<Double> ratios = new ArrayList<>();
    List<Sample> floors = line(line.cell(), floor).samples();
    for (Sample sample : line.samples()) {
      floors.stream()
          .filter(f -> f.round() == sample.round())
          .forEach(f -> ratios.add(sample.result().perSecond() / f.result().perSecond()));
    }
    return ratios.isEmpty() ? Optional.empty() : Optional.of(Summary.of(ratios));
  }
}
