package io.lgvq.training.complete;

import java.util.Map;

/**
 * A complete head that is ready to be released.
 *
 * @param graph its network
 * @param measures what it reached on held-out images, by name
 */
public record TrainedCompleter(CompleteGraph graph, Map<String, Object> measures) {}
