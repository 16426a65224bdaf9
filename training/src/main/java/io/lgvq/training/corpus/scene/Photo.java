package io.lgvq.training.corpus.scene;

/**
 * A landscape photograph.
 *
 * @param place the one-word answer to "where"
 * @param file name without ending
 * @param held whether only the slice of new backgrounds shows it
 */
record Photo(String place, String file, boolean held) {}
