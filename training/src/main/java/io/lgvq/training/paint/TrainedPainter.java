package io.lgvq.training.paint;

import io.lgvq.operators.text.Vocabulary;
import java.util.Map;

/**
 * A paint head that is ready to be released.
 *
 * @param graphs its network
 * @param vocabulary words of the texts that it reads
 * @param measures what it reached on held-out images, by name
 */
public record TrainedPainter(
    PaintGraphs graphs, Vocabulary vocabulary, Map<String, Object> measures) {}
