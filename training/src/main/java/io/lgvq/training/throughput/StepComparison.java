package io.lgvq.training.throughput;

import io.lgvq.training.tokenizer.QuantizerSettings.Rule;
import io.lgvq.training.tokenizer.TokenizerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Times steps of a plain tokenizer (no guidance, no adversary) in this trainer and in plain
 * PyTorch, turn by turn in one run, so that a noisy machine harms both sides alike.
 *
 * @param parameters of each side, the codebook's included
 * @param batch pictures a step
 * @param steps a round
 * @param own version of PyTorch beneath this trainer
 * @param plain version of PyTorch on the Python side
 * @param rounds what each took
 */
public record StepComparison(
    long parameters, int batch, int steps, String own, String plain, List<Round> rounds) {

  /**
   * One round.
   *
   * @param own milliseconds a step in this trainer
   * @param plain milliseconds a step in plain PyTorch
   */
  public record Round(double own, double plain) {

    /** Above 1 where this trainer is the slower. */
    public double ratio() {
      return own / plain;
    }
  }

  /**
   * Runs it. Both sides first take a round that is not counted.
   *
   * @param script the Python side, tokenizer_step.py
   * @param progress is told each round
   * @throws IOException if there is no Python with torch, in one sentence
   * @throws IllegalArgumentException if the codebook does not follow moving averages
   * @throws IllegalStateException if the two networks differ in size
   */
  public static StepComparison run(
      TokenizerSettings settings, Path script, int steps, int rounds, Consumer<Round> progress)
      throws IOException {
    if (settings.quantizer().rule() != Rule.MOVING) {
      throw new IllegalArgumentException(
          "bench train knows the quantizer's rule 'moving' alone, and the preset has another");
    }
    try (StepTimer plain = new PlainPyTorch(script, settings);
        StepTimer own = new OwnTrainer(settings)) {
      if (own.parameters() != plain.parameters()) {
        throw new IllegalStateException(
            "%d parameters here and %d in Python: these are two networks"
                .formatted(own.parameters(), plain.parameters()));
      }
      own.seconds(steps);
      plain.seconds(steps);
      List<Round> done = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        double ours = 1000 * own.seconds(steps) / steps;
        done.add(new Round(ours, 1000 * plain.seconds(steps) / steps));
        progress.accept(done.get(round));
      }
      return new StepComparison(
          own.parameters(), settings.batch(), steps, own.version(), plain.version(), done);
    }
  }

  /** The rounds' ratios, from the least to the greatest. */
  public List<Double> ratios() {
    return rounds.stream().map(Round::ratio).sorted().toList();
  }

  /** The middle one of the ratios; of an even number, the upper of the two. */
  public double median() {
    return ratios().get(rounds.size() / 2);
  }
}
