package io.lgvq.topology.replay;

import io.lgvq.topology.arrival.Origin;
import io.lgvq.topology.deadletter.DeadLetter;
import io.lgvq.topology.deadletter.DeadLetterFilter;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which dead letters are to be replayed. */
@FunctionalInterface
public interface Selection {

  /**
   * Hands over the letters that are meant.
   *
   * @param visitor says whether to go on
   */
  void read(DeadLetterTopic topic, Predicate<DeadLetter> visitor);

  /** Those that a filter lets through. */
  static Selection of(DeadLetterFilter filter) {
    return (topic, visitor) -> topic.read(filter, visitor);
  }

  /** Those at some places, in this order; a place without a letter is passed over. */
  static Selection of(List<Origin> places) {
    return (topic, visitor) -> {
      for (Origin place : places) {
        Optional<DeadLetter> letter = topic.at(place.partition(), place.offset());
        if (letter.isPresent() && !visitor.test(letter.get())) {
          return;
        }
      }
    };
  }
}
