package io.lgvq.training.head;

import io.lgvq.training.corpus.Sample.QuestionAnswer;
import java.util.List;

/**
 * A sample of a corpus whose picture became codes: all that the heads see.
 *
 * @param codes row-major; nobody writes to them
 * @param captions sentences that are true of the picture
 * @param questions with their answers; may be empty
 * @param objects words that a full caption names; empty where unknown
 */
public record TokenizedSample(
    int[] codes, List<String> captions, List<QuestionAnswer> questions, List<String> objects) {}
