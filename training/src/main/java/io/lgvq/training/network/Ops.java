package io.lgvq.training.network;

/**
 * The operations that networks are written in. A network is written once, over {@code Ops<T>};
 * interpreted with arrays it trains and evaluates, interpreted with graph nodes it becomes an ONNX
 * file, so the file that is served cannot drift from the network that was trained.
 *
 * <p>Shapes: the first dimension is always the batch {@code B}; all others are known when the
 * network is built. Threading: an interpreter belongs to one thread.
 *
 * @param <T> a tensor: an array or a node of a graph
 */
public interface Ops<T> {

  /** A trained array, by its unique name. */
  T parameter(Parameter parameter);

  /** Element-wise sum, shapes broadcast as in numpy. */
  T add(T a, T b);

  /** Element-wise product, shapes broadcast as in numpy. */
  T multiply(T a, T b);

  /** {@code x * factor}. */
  T scale(T x, float factor);

  /** {@code x + offset}. */
  T shift(T x, float offset);

  /** Batched product of the last two dimensions: [.., m, k] x [.., k, n]. */
  T matmul(T a, T b);

  /** {@code x W^T + b} over the last dimension. Weight [out, in], bias [out]. */
  T linear(T x, Parameter weight, Parameter bias);

  /**
   * Convolution of [B, in, H, W] with weight [out, in, kernel, kernel], bias [out], zero padding.
   */
  T conv2d(T x, Parameter weight, Parameter bias, int stride, int padding);

  /** Group normalisation of [B, C, H, W]; epsilon is added to the variance; gain and bias [C]. */
  T groupNorm(T x, int groups, float epsilon, Parameter gain, Parameter bias);

  /** Layer normalisation of the last dimension, epsilon 1e-5; gain and bias [that dimension]. */
  T layerNorm(T x, Parameter gain, Parameter bias);

  /** {@code x * sigmoid(x)}. */
  T silu(T x);

  /** Exact (erf) or tanh GELU, the same in every interpreter to 1e-3. */
  T gelu(T x);

  /** Softmax of the last dimension. */
  T softmax(T x);

  /** Logarithm of the softmax of the last dimension. */
  T logSoftmax(T x);

  /** Same elements in another shape; {@code -1} stands for the batch and comes first. */
  T reshape(T x, long... shape);

  /** Permutes the dimensions; the batch stays first. */
  T transpose(T x, int... axes);

  /** [B, C r^2, H, W] to [B, C, H r, W r]. */
  T pixelShuffle(T x, int factor);

  /** Zeros around [B, C, H, W]: rows above and below, columns left and right. */
  T zeroPad(T x, int top, int bottom, int left, int right);

  /** [B, C, H, W] to [B, C, H r, W r]: every value becomes a square of itself (nearest). */
  T enlarge(T x, int factor);

  /** Rows of a table [n, d] by integer indices [B, ...]: [B, ..., d]. */
  T embed(T indices, Parameter table);

  /** Joins along an axis that is not the batch. */
  T concat(int axis, T a, T b);

  /** Mean over one axis, which disappears. */
  T mean(T x, int axis);

  /** Slice {@code from} (inclusive) to {@code to} (exclusive) of an axis that is not the batch. */
  T slice(T x, int axis, int from, int to);

  /**
   * 0 where an integer id is not 0, and -1e9 where it is (padding): [B, L] to float [B, 1, 1, L].
   */
  T paddingMask(T ids);

  /** Constant [1, 1, L, L]: 0 on and below the diagonal, -1e9 above. */
  T causalMask(int length);

  /**
   * 0 at places before {@code positions[b]}, -1e9 from there on: [B] to float [B, 1, 1, length].
   */
  T earlierMask(T positions, int length);

  /** Row {@code positions[b]} of [B, L, D] for each b: [B, D]. */
  T rowAt(T x, T positions);

  /** Nearest code of each vector: z [B, n, d], codebook [K, d] to integer [B, n] (LG-VQ, eq. 1). */
  T nearestCode(T z, Parameter codebook);

  /** Mean of the squares over all dimensions but the batch: [B]. */
  T meanSquare(T x);
}
