package com.techcorp.testkit.relevance;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Normalised discounted cumulative gain: compares the order of some hits with the best order that
 * there is. A hit of grade <i>g</i> at position <i>p</i> (from 1) gains (2<sup>g</sup> − 1) /
 * log<sub>2</sub>(p + 1).
 */
public final class Ndcg {
  private static final int MAX_GRADE = 30; // 2^30 is an int

  private Ndcg() {}

  /**
   * Returns the gain of the first hits over the gain of the best order of all graded items.
   *
   * @param <T> what is found
   * @param depth how many of the hits count, at least 1
   * @param hits best first; what is missing at the end gains nothing
   * @param grades 0 to 30, by item; an item without one has 0
   * @return from 0 to 1, where 1 is the best order. If no item has a grade above 0, there is
   *     nothing to find: then 1 without hits, and 0 with any
   * @throws IllegalArgumentException if the depth or a grade is out of range, or an item is a hit
   *     twice
   */
  public static <T> double at(int depth, List<T> hits, Map<T, Integer> grades) {
    require(depth >= 1, "depth must be at least 1");
    require(grades.values().stream().allMatch(Ndcg::isGrade), "grades must be from 0 to 30");
    Set<T> distinct = new HashSet<>(hits);
    require(distinct.size() == hits.size(), "an item is a hit twice");
    double best = gain(depth, bestOrder(grades.values()));
    if (best == 0) {
      return hits.isEmpty() ? 1 : 0;
    }
    return gain(depth, hits.stream().map(hit -> grades.getOrDefault(hit, 0)).toList()) / best;
  }

  private static List<Integer> bestOrder(Collection<Integer> grades) {
    return grades.stream().sorted(Comparator.reverseOrder()).toList();
  }

  private static double gain(int depth, List<Integer> grades) {
    double gain = 0;
    for (int i = 0; i < Math.min(depth, grades.size()); i++) {
      gain += ((1 << grades.get(i)) - 1) / log2(i + 2);
    }
    return gain;
  }

  private static double log2(int number) {
    return Math.log(number) / Math.log(2);
  }

  private static boolean isGrade(int grade) {
    return grade >= 0 && grade <= MAX_GRADE;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
