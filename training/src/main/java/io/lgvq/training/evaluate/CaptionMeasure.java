package io.lgvq.training.evaluate;

import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.estimate.Estimate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What captions name. {@code named}: share of the images' objects that their captions name; {@code
 * true}: share of the objects named that are really there, where a word counts as an object if any
 * image of the slice has it.
 *
 * <p>Threading: one thread.
 */
final class CaptionMeasure {

  private record Said(Set<String> words, List<String> objects) {}

  private final List<Said> images = new ArrayList<>();
  private final Set<String> objects = new HashSet<>();
  private long words;

  /** Counts the next image. */
  void add(List<String> objectsHere, String caption) {
    List<String> split = Vocabulary.split(caption);
    images.add(new Said(new HashSet<>(split), objectsHere));
    objects.addAll(objectsHere);
    words += split.size();
  }

  /** Share of the objects that captions name. */
  Estimate named() {
    Shares shares = new Shares();
    for (Said said : images) {
      int named = (int) said.objects().stream().filter(object -> names(said, object)).count();
      shares.add(named, said.objects().size());
    }
    return shares.estimate();
  }

  /** Share of what captions name that is there. */
  Estimate truthful() {
    Shares shares = new Shares();
    for (Said said : images) {
      List<String> mentioned = objects.stream().filter(object -> names(said, object)).toList();
      int there = (int) mentioned.stream().filter(said.objects()::contains).count();
      shares.add(there, mentioned.size());
    }
    return shares.estimate();
  }

  /** Words a caption. */
  double length() {
    return images.isEmpty() ? 0 : (double) words / images.size();
  }

  private static boolean names(Said said, String object) {
    return said.words().stream().anyMatch(word -> Plurals.isFormOf(word, object));
  }
}
