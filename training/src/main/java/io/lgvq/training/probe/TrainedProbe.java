package io.lgvq.training.probe;

import io.lgvq.operators.bundle.Graph;
import java.util.List;
import java.util.Map;

/**
 * A probe, ready to be released.
 *
 * @param encoder name of the text encoder in whose space it lives
 * @param digest of that encoder
 * @param dimension d_t
 * @param pieces the word pieces that it knows, in the order of their numbers
 * @param captionLength longest caption in word pieces
 * @param graphs the ONNX files
 */
public record TrainedProbe(
    String encoder,
    String digest,
    int dimension,
    List<String> pieces,
    int captionLength,
    Map<Graph, byte[]> graphs) {}
