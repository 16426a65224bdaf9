package io.lgvq.training.evaluate;

import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.estimate.Estimate;
import io.lgvq.training.evaluate.wording.WordingMeasure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * What the captions of one speaker say: what they name, how many they say there are, and how they
 * are worded.
 *
 * <p>{@code named}: share of the images' objects that their captions name; {@code truthful}: share
 * of the objects named that are really there, where a word counts as an object if any image of the
 * slice has it. {@code counted}: share of the objects that are named with the right number (see
 * {@link SaidNumbers}).
 *
 * <p>Threading: one thread.
 */
final class CaptionMeasure {

  private record Said(List<String> words, List<String> objects, List<Integer> counts) {

    boolean names(String object) {
      return words.stream().anyMatch(word -> Plurals.isFormOf(word, object));
    }

    int named() {
      return (int) objects.stream().filter(this::names).count();
    }

    /** How many objects have their right number. */
    int counted() {
      int right = 0;
      for (int i = 0; i < counts.size(); i++) {
        OptionalInt number = SaidNumbers.of(words, objects.get(i));
        right += number.isPresent() && number.getAsInt() == counts.get(i) ? 1 : 0;
      }
      return right;
    }
  }

  private final List<Said> images = new ArrayList<>();
  private final Set<String> objects = new HashSet<>();
  private final WordingMeasure wording = new WordingMeasure();
  private boolean numbers;
  private long words;

  /** Counts the next image. */
  void add(Sample sample, String caption) {
    List<String> split = Vocabulary.split(caption);
    images.add(new Said(split, sample.objects(), sample.counts()));
    objects.addAll(sample.objects());
    numbers |= !sample.counts().isEmpty();
    words += split.size();
    wording.add(caption, sample.captions());
  }

  /** All of it. */
  Report.CaptionScores result() {
    boolean known = !objects.isEmpty();
    return new Report.CaptionScores(
        known ? Optional.of(named()) : Optional.empty(),
        known ? Optional.of(truthful()) : Optional.empty(),
        numbers ? Optional.of(counts()) : Optional.empty(),
        wording.result(),
        images.isEmpty() ? 0 : (double) words / images.size());
  }

  private Estimate named() {
    return share(Said::named, said -> said.objects().size());
  }

  private Estimate truthful() {
    Shares shares = new Shares();
    for (Said said : images) {
      List<String> mentioned = objects.stream().filter(said::names).toList();
      int there = (int) mentioned.stream().filter(said.objects()::contains).count();
      shares.add(there, mentioned.size());
    }
    return shares.estimate();
  }

  private Report.Counts counts() {
    return new Report.Counts(
        share(Said::counted, said -> said.counts().size()),
        share(Said::counted, said -> said.counts().isEmpty() ? 0 : said.named()),
        share(
            said -> !said.counts().isEmpty() && said.counted() == said.counts().size() ? 1 : 0,
            said -> said.counts().isEmpty() ? 0 : 1));
  }

  private Estimate share(ToIntFunction<Said> hits, ToIntFunction<Said> of) {
    Shares shares = new Shares();
    images.forEach(said -> shares.add(hits.applyAsInt(said), of.applyAsInt(said)));
    return shares.estimate();
  }
}
