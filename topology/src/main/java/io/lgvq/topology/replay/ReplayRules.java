package io.lgvq.topology.replay;

import io.lgvq.topology.arrival.Origin;
import io.lgvq.topology.deadletter.DeadLetter;
import io.lgvq.topology.retokenize.Retokenize;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Which letters are not sent, and the sentence why.
 *
 * @param mostReplays a record that died again after so many replays is not sent once more
 * @param partitions of a topic; 0 where there is none
 */
record ReplayRules(int mostReplays, ToIntFunction<String> partitions) {

  /** Why a letter is not sent; nothing if it may be. */
  Optional<String> objection(DeadLetter letter) {
    Optional<Origin> origin = letter.origin();
    if (origin.isEmpty() || letter.reason().isEmpty()) {
      return Optional.of(
          "it is no dead letter of these stages, for its headers do not say why it died and where"
              + " its record stood");
    }
    if (letter.stage().filter(Retokenize.NAME::equals).isPresent()) {
      return Optional.of(
          "its image at %s was refused by a retokenize job, while a replay sends to the live stages, which would make second results of it; when the cause is gone, retokenize into another topic, or with --from-beginning, which writes all tokens once more"
              .formatted(Replay.name(origin.get())));
    }
    if (letter.omittedBytes().isPresent()) {
      return Optional.of(
          "it is without its value (%d bytes), which stands at %s for as long as that topic keeps it; let the sender send it again"
              .formatted(letter.omittedBytes().getAsLong(), Replay.name(origin.get())));
    }
    if (letter.replays() >= mostReplays) {
      return Optional.of(
          "it died again after %d replays, of which %d are allowed; see why before it is sent once more"
              .formatted(letter.replays(), mostReplays));
    }
    if (partitions.applyAsInt(origin.get().topic()) == 0) {
      return Optional.of(
          "its topic '%s' does not exist any longer".formatted(origin.get().topic()));
    }
    return Optional.empty();
  }
}
