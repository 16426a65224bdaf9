package io.lgvq.training.paint;

/**
 * What one step of the prior's training reads. Arrays are row-major; nobody writes to them.
 *
 * @param images B
 * @param words [B, T], {@code <begin>} first, padded; that alone where no caption is shown
 * @param codes [B, n]
 */
record PaintBatch(int images, int[] words, int[] codes) {}
