package io.lgvq.training.head;

import io.lgvq.operators.text.Vocabulary;
import java.util.List;

/**
 * Heads that are ready to be released.
 *
 * @param graphs their networks
 * @param captions whether there is a caption head
 * @param vocabulary words of captions and questions
 * @param answers empty where the corpus had no questions: then there is no answer head
 * @param calibration of the answers' probabilities
 */
public record TrainedHeads(
    HeadGraphs graphs,
    boolean captions,
    Vocabulary vocabulary,
    List<String> answers,
    Calibration calibration) {}
