package io.lgvq.training.evaluate.frechet;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Distance of two sets of vectors, each taken for a Gaussian of its mean m and its unbiased
 * covariance C: {@code |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2))} (Dowson and Landau, 1982; on
 * features of images: Heusel et al., NeurIPS 2017, eq. 6).
 *
 * <p>No root of a matrix is taken. With the centred vectors as rows of X and Y, the eigenvalues of
 * {@code C1 C2} are, but for zeros, the squared singular values of {@code X Y^T / sqrt((n1 - 1) (n2
 * - 1))}, so the trace of the root is the sum of these singular values. That holds for singular
 * covariances too, which fewer vectors than dimensions always have. Stateless.
 */
final class FrechetDistance {

  /** A Gaussian: its mean [D], and a root [r, D] of its covariance, {@code C = root^T root}. */
  private record Gaussian(double[] mean, DMatrixRMaj root) {

    static Gaussian of(List<float[]> vectors) {
      if (vectors.size() < 2) {
        throw new IllegalArgumentException("the covariance of one vector is not known");
      }
      int dimension = vectors.get(0).length;
      double[] mean = new double[dimension];
      for (float[] vector : vectors) {
        for (int i = 0; i < dimension; i++) {
          mean[i] += vector[i] / (double) vectors.size();
        }
      }
      DMatrixRMaj root = new DMatrixRMaj(vectors.size(), dimension);
      double scale = 1 / Math.sqrt(vectors.size() - 1.0);
      for (int row = 0; row < vectors.size(); row++) {
        for (int i = 0; i < dimension; i++) {
          root.set(row, i, scale * (vectors.get(row)[i] - mean[i]));
        }
      }
      return new Gaussian(mean, root.numRows > dimension ? triangle(root) : root);
    }

    /** A root of the same matrix with as many rows as columns. */
    private static DMatrixRMaj triangle(DMatrixRMaj root) {
      QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(root.numRows, root.numCols);
      if (!qr.decompose(root)) {
        throw new ArithmeticException("features with values that are no numbers");
      }
      return qr.getR(null, true);
    }

    double variance() {
      return Math.pow(NormOps_DDRM.normF(root), 2);
    }
  }

  private FrechetDistance() {}

  /**
   * Of two sets, which may differ in number.
   *
   * @param a two or more vectors [D]
   * @param b two or more vectors [D]
   * @return 0 or more, in squared units of the vectors
   */
  static double between(List<float[]> a, List<float[]> b) {
    Gaussian first = Gaussian.of(a);
    Gaussian second = Gaussian.of(b);
    double means = 0;
    for (int i = 0; i < first.mean().length; i++) {
      means += Math.pow(first.mean()[i] - second.mean()[i], 2);
    }
    double covariances = first.variance() + second.variance() - 2 * shared(first, second);
    return means + Math.max(0, covariances); // rounding alone brings equal ones below 0
  }

  /** The trace of the root of the product of two covariances. */
  private static double shared(Gaussian a, Gaussian b) {
    DMatrixRMaj product = new DMatrixRMaj(a.root().numRows, b.root().numRows);
    CommonOps_DDRM.multTransB(a.root(), b.root(), product);
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(product.numRows, product.numCols, false, false, true);
    if (!svd.decompose(product)) {
      throw new ArithmeticException("features with values that are no numbers");
    }
    return Arrays.stream(svd.getSingularValues()).limit(svd.numberOfSingularValues()).sum();
  }
}
