package io.lgvq.operators.rollout;

import io.lgvq.operators.drift.Frequencies;
import io.lgvq.operators.tokenize.Tokenized;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What one of two bundles did with the images of a comparison. Guarded by its {@link Shadow}. */
final class Tally {
  private long[] uses = new long[0];
  private long images;
  private double error;
  private long nanos;

  void add(List<Tokenized> batch, Duration time) {
    nanos += time.toNanos();
    for (Tokenized each : batch) {
      images++;
      error += each.quantizationError();
      if (uses.length == 0) {
        uses = new long[each.grid().codebook().size()];
      }
      for (int code : each.grid().codes()) {
        uses[code]++;
      }
    }
  }

  ShadowReport.Side side() {
    return new ShadowReport.Side(
        images,
        images == 0 ? 0 : error / images,
        (int) Arrays.stream(uses).filter(count -> count > 0).count(),
        uses.length,
        images == 0 ? 0 : Frequencies.perplexity(uses),
        images == 0 ? 0 : nanos / 1e9 / images);
  }
}
