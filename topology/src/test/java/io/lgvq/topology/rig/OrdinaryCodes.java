package io.lgvq.topology.rig;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.drift.CodeReference;
import io.lgvq.operators.drift.ReferenceMeasure;
import java.util.SplittableRandom;

/** Grids of the small model whose codes are the first {@link #COUNT} of 256, equally likely. */
public final class OrdinaryCodes {

  /** How many codes are ordinary. */
  public static final int COUNT = 128;

  private final SplittableRandom random = new SplittableRandom(3);

  /** A reference of a thousand of such grids, with quantization errors around 0.25. */
  public CodeReference reference(Codebook codebook) {
    var measure = new ReferenceMeasure(codebook.size());
    for (int i = 0; i < 1024; i++) {
      int[] codes = random.ints(SmallModel.SIDE * SmallModel.SIDE, 0, COUNT).toArray();
      measure.add(codes, 0.2 + 0.1 * random.nextDouble());
    }
    return measure.result(codebook.digest(), "the test");
  }

  /** The codes of one more grid, each moved by so much. */
  public Integer[] next(int by) {
    Integer[] codes = new Integer[SmallModel.SIDE * SmallModel.SIDE];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = by + random.nextInt(COUNT);
    }
    return codes;
  }
}
