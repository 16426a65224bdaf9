package io.lgvq.training.corpus.folder;

import io.lgvq.training.corpus.Sample.QuestionAnswer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is known of one image before it is read.
 *
 * @param id unique in its corpus
 * @param image file
 * @param captions at least one
 * @param questions with one-word answers; may be empty
 * @param objects words that a full caption names; may be empty
 * @param counts how many there are of each object, 1 or more; empty where unknown
 * @param traits of the whole image, by name; may be empty
 */
record Entry(
    String id,
    Path image,
    List<String> captions,
    List<QuestionAnswer> questions,
    List<String> objects,
    List<Integer> counts,
    Map<String, String> traits) {}
