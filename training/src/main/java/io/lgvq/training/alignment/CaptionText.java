package io.lgvq.training.alignment;

/**
 * One caption for each image of a batch, as the language modules read it.
 *
 * @param words their words' numbers in the {@link Lexicon}, [images][captionLength]
 * @param whole their global features g, [images * d_t], row-major; empty where nobody asks
 */
public record CaptionText(int[][] words, float[] whole) {}
