package io.lgvq.training.evaluate.language;

/** Products of plain vectors. */
final class Vectors {

  private Vectors() {}

  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** 0 where a vector has no length. */
  static double cosine(float[] a, float[] b) {
    return dot(a, b) / Math.max(1e-12, Math.sqrt(dot(a, a) * dot(b, b)));
  }
}
