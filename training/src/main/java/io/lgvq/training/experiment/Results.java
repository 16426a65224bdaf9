package io.lgvq.training.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the finished trials of an experiment measured, and how the cells compare. Seeds that a cell
 * or its baseline lacks take no part in their difference. Immutable.
 */
public final class Results {

  private record Finished(Trial trial, TrialRecord record) {}

  private final List<Finished> finished;

  private Results(List<Finished> finished) {
    this.finished = finished;
  }

  /** Reads the records of those trials that are finished. */
  public static Results of(List<Trial> trials) throws IOException {
    List<Finished> finished = new ArrayList<>();
    for (Trial trial : trials) {
      if (trial.finished()) {
        finished.add(new Finished(trial, TrialRecord.read(trial.record())));
      }
    }
    return new Results(finished);
  }

  /** The cells that have finished trials, in their order. */
  public List<Cell> cells() {
    return finished.stream().map(one -> one.trial().cell()).distinct().toList();
  }

  /** How many trials are finished. */
  public int count() {
    return finished.size();
  }

  /** The seeds of the finished trials. */
  public List<Long> seeds() {
    return finished.stream().map(one -> one.trial().seed()).distinct().sorted().toList();
  }

  /** Values of a measure by seed. */
  private SortedMap<Long, Double> values(Cell cell, Measure measure, String split) {
    SortedMap<Long, Double> values = new TreeMap<>();
    for (Finished one : finished) {
      if (one.trial().cell().equals(cell)) {
        measure
            .of(one.record().report(), split)
            .ifPresent(value -> values.put(one.trial().seed(), value));
      }
    }
    return values;
  }

  /** The mean over seeds, if there are any. */
  public Optional<Interval> mean(Cell cell, Measure measure, String split) {
    return mean(List.of(cell), measure, split);
  }

  /** The mean over seeds of the mean of several cells; a seed that lacks a cell takes no part. */
  public Optional<Interval> mean(List<Cell> cells, Measure measure, String split) {
    return bySeed(cells.stream().map(cell -> values(cell, measure, split)).toList());
  }

  /** The mean over seeds of the difference from the baseline of the same seed. */
  public Optional<Interval> difference(Cell cell, Measure measure, String split) {
    return difference(List.of(cell), measure, split);
  }

  /**
   * The mean over seeds of what several cells differ by from their baselines of the same seed, on
   * average. Trainings of one seed share scenes, test images and first values whatever the
   * backbone, so seeds are what the interval counts; one that lacks a cell takes no part.
   */
  public Optional<Interval> difference(List<Cell> cells, Measure measure, String split) {
    return bySeed(cells.stream().map(cell -> differences(cell, measure, split)).toList());
  }

  private SortedMap<Long, Double> differences(Cell cell, Measure measure, String split) {
    SortedMap<Long, Double> differences = values(cell, measure, split);
    Map<Long, Double> base = values(cell.baseline(), measure, split);
    differences.keySet().retainAll(base.keySet());
    differences.replaceAll((seed, value) -> value - base.get(seed));
    return differences;
  }

  private static Optional<Interval> bySeed(List<SortedMap<Long, Double>> cells) {
    Set<Long> seeds = new TreeSet<>(cells.get(0).keySet());
    cells.forEach(cell -> seeds.retainAll(cell.keySet()));
    return interval(
        seeds.stream()
            .map(seed -> cells.stream().mapToDouble(cell -> cell.get(seed)).average().orElseThrow())
            .toList());
  }

  private static Optional<Interval> interval(List<Double> values) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(Interval.of(values.stream().mapToDouble(Double::doubleValue).toArray()));
  }
}
