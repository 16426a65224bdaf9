package io.lgvq.training.guidance;

/**
 * The captions of the guided images of one step.
 *
 * @param words their words' numbers in the {@link Lexicon}, [rows][captionLength]
 * @param whole their global features g, [rows * d_t], row-major
 */
public record GuidingText(int[][] words, float[] whole) {}
