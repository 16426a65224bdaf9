package io.lgvq.operators.paint;

import java.util.List;

/** Tells how likely each code comes at the first empty place of each canvas. */
interface Prior {

  /**
   * What it says of one canvas.
   *
   * @param logProbabilities natural logarithms, one a code
   * @param entry to be remembered with the code that is chosen
   */
  record Next(float[] logProbabilities, float[] entry) {}

  /** One answer a canvas, in the same order. */
  List<Next> next(List<Canvas> canvases);
}
