package io.lgvq.training.corpus.scene;

import java.nio.file.Path;

/**
 * A whole photograph of a package, without objects.
 *
 * @param place the one word for where it was taken
 * @param file JPEG, in the package's folder
 */
public record Landscape(String place, Path file) {}
