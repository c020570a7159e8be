package com.techcorp.bench;

import java.util.ArrayList;
import java.util.List;

/** Every contender under every condition, interleaved: A B C A B C A B C. */
final class Matrix {
  private final Slice slice;
  private final PoolSizes pools;
  private final Screen screen;
  private final List<Contender> contenders;
  private final int rounds;
  private final SliceTimes times;

  Matrix(
      Slice slice,
      PoolSizes pools,
      Screen screen,
      List<Contender> contenders,
      int rounds,
      SliceTimes times) {
    this.slice = slice;
    this.pools = pools;
    this.screen = screen;
    this.contenders = contenders;
    this.rounds = rounds;
    this.times = times;
  }

  List<Sample> run(List<Cell> cells) throws InterruptedException {
    List<Sample> samples = new ArrayList<>();
    for (Cell cell : cells) {
      for (int round = 1; round <= rounds; round++) {
        for (Contender contender : contenders) {
          int pool = pools.of(cell, contender);
          Sample sample = slice.run(cell, contender, round, pool, times);
          screen.line("  %s", Samples.line(sample));
          samples.add(sample);
        }
      }
    }
    return samples;
  }
}
