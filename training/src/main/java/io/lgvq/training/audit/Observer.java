package io.lgvq.training.audit;

import io.lgvq.training.corpus.Sample;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import io.lgvq.training.evaluate.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Reads off an outcome what the bundle did, and which traits each of it concerns.
 *
 * <p>A question is about the object that is its answer; if none is, about those that it names. What
 * is about no object ("what place is this") concerns the traits of the whole image alone. A
 * question whose answer is a trait of the whole image is of a kind of its own, called as the trait:
 * places are told apart from the sides of the picture that way, which are harder and easier.
 * Stateless.
 */
final class Observer {

  /** Which object it is. */
  static final String OBJECT = "object";

  /** How many objects the image has, equal ones counted each. */
  static final String OBJECTS = "objects in the image";

  /** Which split the image is of. */
  static final String SPLIT = "split";

  private Observer() {}

  /**
   * @param image number of the image in the audit
   */
  static List<Observation> of(Outcome outcome, int image) {
    Sample sample = outcome.sample();
    List<Observation> observations = new ArrayList<>();
    List<Integer> all = IntStream.range(0, sample.objects().size()).boxed().toList();
    for (int i = 0; i < outcome.answers().size(); i++) {
      QuestionAnswer question = sample.questions().get(i);
      observations.add(
          new Observation(
              image,
              Measure.answers(kind(question, sample)),
              outcome.right(i) ? 1 : 0,
              traits(outcome, about(question, sample))));
    }
    if (outcome.caption().isPresent()) {
      for (int object : all) {
        observations.add(
            new Observation(
                image,
                Measure.NAMED,
                outcome.names(sample.objects().get(object)) ? 1 : 0,
                traits(outcome, List.of(object))));
      }
    }
    observations.add(new Observation(image, Measure.PSNR, outcome.psnr(), traits(outcome, all)));
    return observations;
  }

  private static String kind(QuestionAnswer question, Sample sample) {
    return sample.traits().image().entrySet().stream()
        .filter(trait -> trait.getValue().equals(question.answer()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(question.type());
  }

  private static List<Integer> about(QuestionAnswer question, Sample sample) {
    List<Integer> answers = mentioned(question.answer(), sample);
    return answers.isEmpty() ? mentioned(question.question(), sample) : answers;
  }

  private static List<Integer> mentioned(String text, Sample sample) {
    return IntStream.range(0, sample.objects().size())
        .filter(object -> Outcome.mentions(text, sample.objects().get(object)))
        .boxed()
        .toList();
  }

  private static Map<String, Set<String>> traits(Outcome outcome, List<Integer> objects) {
    Sample sample = outcome.sample();
    Map<String, Set<String>> traits = new TreeMap<>();
    add(traits, SPLIT, outcome.split());
    sample.traits().image().forEach((trait, value) -> add(traits, trait, value));
    if (!sample.counts().isEmpty()) {
      int count = sample.counts().stream().mapToInt(Integer::intValue).sum();
      add(traits, OBJECTS, Integer.toString(count));
    }
    for (int object : objects) {
      add(traits, OBJECT, sample.objects().get(object));
      if (!sample.traits().objects().isEmpty()) {
        sample.traits().objects().get(object).forEach((trait, value) -> add(traits, trait, value));
      }
    }
    return traits;
  }

  private static void add(Map<String, Set<String>> traits, String trait, String value) {
    traits.computeIfAbsent(trait, name -> new TreeSet<>()).add(value);
  }
}
