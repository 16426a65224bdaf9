package io.lgvq.training.probe;

import io.lgvq.training.alignment.CaptionReader;
import io.lgvq.training.head.TokenizedSample;
import io.lgvq.training.loop.SampleOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Codes of a step's images, and of each one caption, picked at random as in the paper. A pure
 * function of the step.
 */
final class ProbeData {

  private final List<TokenizedSample> samples;
  private final CaptionReader reader;
  private final SampleOrder order;
  private final int batch;
  private final long seed;

  /**
   * @param samples those without captions are left out
   * @param batch images a step, at most as many as there are
   */
  ProbeData(List<TokenizedSample> samples, CaptionReader reader, int batch, long seed) {
    this.samples = samples.stream().filter(sample -> !sample.captions().isEmpty()).toList();
    if (this.samples.isEmpty()) {
      throw new IllegalArgumentException("no image has a caption, so there is nothing to align");
    }
    this.reader = reader;
    this.order = new SampleOrder(this.samples.size(), seed);
    this.batch = Math.min(batch, this.samples.size());
    this.seed = seed;
  }

  ProbeStep at(long step) {
    SplittableRandom random = new SplittableRandom(seed * 31 + step);
    int places = samples.get(0).codes().length;
    int[] codes = new int[batch * places];
    List<String> captions = new ArrayList<>(batch);
    for (int i = 0; i < batch; i++) {
      TokenizedSample sample = samples.get((int) order.at(step * batch + i));
      System.arraycopy(sample.codes(), 0, codes, i * places, places);
      captions.add(sample.captions().get(random.nextInt(sample.captions().size())));
    }
    return new ProbeStep(batch, codes, reader.read(captions));
  }
}
