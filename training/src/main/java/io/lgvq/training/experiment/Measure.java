package io.lgvq.training.experiment;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A figure of a report that cells are compared by.
 *
 * @param title for people
 * @param pointer to it within a slice of {@code report.json}
 * @param factor from the report's unit to the table's
 * @param unit of the table
 * @param more whether more is better
 * @param rank what part it has
 */
public record Measure(
    String title, String pointer, double factor, String unit, boolean more, Rank rank) {

  /** What part a measure has in a comparison. */
  public enum Rank {
    /** What guidance is to improve, or is not to harm; one of each kind. */
    FOREMOST,
    /** Everything else that codes can be better or worse at. */
    FURTHER,
    /** Of somebody who never saw the image: there to compare with, no merit of codes. */
    BLIND
  }

  /** All measures, in the order of the tables. */
  public static List<Measure> all() {
    return List.of(
        new Measure("PSNR", "/psnr/value", 1, "dB", true, Rank.FOREMOST),
        new Measure("Frechet distance (MobileNetV2)", "/frechet", 1, "", false, Rank.FOREMOST),
        share("codes used", "/codebook/usage"),
        new Measure("perplexity", "/codebook/perplexity", 1, "", true, Rank.FURTHER),
        share("text to image, R@1", "/language/textToImage/first/value").ranked(Rank.FOREMOST),
        share("text to image, R@5", "/language/textToImage/five/value"),
        share("image to text, R@1", "/language/imageToText/first/value"),
        share("hidden word", "/language/hiddenWord/value").ranked(Rank.FOREMOST),
        share("hidden word without image", "/language/hiddenWordBlind/value").ranked(Rank.BLIND),
        share("three hidden words", "/language/hiddenWords/value"),
        share("three hidden words without image", "/language/hiddenWordsBlind/value")
            .ranked(Rank.BLIND),
        new Measure(
            "likeness of codes and words, MSE",
            "/language/likeness/value",
            1,
            "",
            false,
            Rank.FOREMOST),
        new Measure(
            "the same, were all codes equally alike",
            "/language/likenessConstant",
            1,
            "",
            false,
            Rank.BLIND),
        share("answers, weighted", "/answers/weighted/value").ranked(Rank.FOREMOST),
        share("answers, object", "/answers/types/object/right/value"),
        share("answers, number", "/answers/types/number/right/value"),
        share("answers, colour", "/answers/types/colour/right/value"),
        share("answers, location", "/answers/types/location/right/value"),
        share("answers from the question alone", "/answers/questionOnly/value").ranked(Rank.BLIND),
        score("answers, WUPS 0.9, weighted", "/answers/wups90/own/value"),
        score("answers, WUPS 0.0, weighted", "/answers/wups0/own/value"),
        share("objects named in captions", "/captions/named/value").ranked(Rank.FOREMOST),
        share("objects named with the right number", "/captions/counts/right/value"),
        score("captions, CIDEr-D", "/captions/wording/ciderD/value").ranked(Rank.FOREMOST),
        score("captions, BLEU-4", "/captions/wording/bleu4/value"),
        score("captions, ROUGE-L", "/captions/wording/rougeL/value"));
  }

  /** The measures of rank {@link Rank#FOREMOST}. */
  public static List<Measure> foremost() {
    return all().stream().filter(measure -> measure.rank == Rank.FOREMOST).toList();
  }

  /** All that codes can be better or worse at. */
  public static List<Measure> sighted() {
    return all().stream().filter(measure -> measure.rank != Rank.BLIND).toList();
  }

  private Measure ranked(Rank other) {
    return new Measure(title, pointer, factor, unit, more, other);
  }

  /** As papers give it, times 100 and without a unit. */
  private static Measure score(String title, String pointer) {
    return new Measure(title, pointer, 100, "", true, Rank.FURTHER);
  }

  private static Measure share(String title, String pointer) {
    return new Measure(title, pointer, 100, "%", true, Rank.FURTHER);
  }

  /** The figure of a report on a split, if it has it. */
  public OptionalDouble of(JsonNode report, String split) {
    JsonNode found = report.path("slices").path(split).at(JsonPointer.compile(pointer));
    return found.isNumber() ? OptionalDouble.of(found.asDouble() * factor) : OptionalDouble.empty();
  }
}
