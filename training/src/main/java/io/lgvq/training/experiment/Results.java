package io.lgvq.training.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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

  /** The mean over the seeds of several cells, if there are any. */
  public Optional<Interval> mean(List<Cell> cells, Measure measure, String split) {
    return interval(
        cells.stream().flatMap(cell -> values(cell, measure, split).values().stream()).toList());
  }

  /** The mean over seeds of the difference from the baseline of the same seed. */
  public Optional<Interval> difference(Cell cell, Measure measure, String split) {
    return difference(List.of(cell), measure, split);
  }

  /** The mean over seeds and cells of the difference from the cell's baseline of the same seed. */
  public Optional<Interval> difference(List<Cell> cells, Measure measure, String split) {
    List<Double> differences = new ArrayList<>();
    for (Cell cell : cells) {
      Map<Long, Double> base = values(cell.baseline(), measure, split);
      values(cell, measure, split)
          .forEach(
              (seed, value) -> {
                if (base.containsKey(seed)) {
                  differences.add(value - base.get(seed));
                }
              });
    }
    return interval(differences);
  }

  private static Optional<Interval> interval(List<Double> values) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(Interval.of(values.stream().mapToDouble(Double::doubleValue).toArray()));
  }
}
