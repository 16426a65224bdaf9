package io.lgvq.topology.replay;

import io.lgvq.topology.arrival.Origin;
import io.lgvq.topology.deadletter.DeadLetter;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.replay.ReplayResult.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sends the records of dead letters back to the topics they came from: key, value, timestamp and
 * the sender's headers as they were, with the header {@link DeadLetters#REPLAY}.
 *
 * <p>No record is sent twice. What was sent is noted in the same transaction ({@link
 * ReplayMarkers}), and the notes are read once every earlier replay has ended: its transactional id
 * is the same, so Kafka ends what it left open and lets it write no more. See decision 013.
 *
 * <p>Threading: used by one thread.
 */
public final class Replay {

  private static final int MOST_LETTERS = 100;
  private static final long MOST_BYTES = 16 << 20;

  private final Map<String, String> properties;
  private final String topic;
  private final int mostReplays;

  /**
   * @param properties of Kafka's clients; has {@code bootstrap.servers}
   * @param topic of the dead letters; exists
   * @param mostReplays a record that died again after so many replays is refused
   */
  public Replay(Map<String, String> properties, String topic, int mostReplays) {
    this.properties = properties;
    this.topic = topic;
    this.mostReplays = mostReplays;
  }

  /**
   * Tells what would be sent, and sends nothing.
   *
   * @param limit most letters that would be sent
   * @param heard is told of each letter that is meant
   * @throws org.apache.kafka.common.KafkaException if Kafka does not answer or refuses, or the
   *     notes would not last
   */
  public void rehearse(Selection selection, long limit, Consumer<ReplayResult> heard) {
    try (Topics topics = new Topics(properties)) {
      topics.requireCompacted(ReplayMarkers.topic(topic));
      ReplayMarkers markers = ReplayMarkers.read(properties, topic);
      ReplayRules rules = new ReplayRules(mostReplays, topics::partitions);
      Consumer<DeadLetter> sendable =
          letter -> heard.accept(new ReplayResult(letter, Outcome.SENDABLE, ""));
      new Choice(rules, markers, sendable, heard, limit).of(selection);
    }
  }

  /**
   * Sends.
   *
   * @param limit most letters that are sent
   * @param heard is told of each letter that is meant, of those that were sent once they are
   *     committed
   * @throws org.apache.kafka.common.KafkaException if Kafka does not answer or refuses, the notes
   *     would not last, or another replay has begun; what was heard of as sent stays so, and
   *     whatever else was sent is noted
   */
  public void send(Selection selection, long limit, Consumer<ReplayResult> heard) {
    try (Topics topics = new Topics(properties)) {
      topics.makeCompacted(ReplayMarkers.topic(topic));
      try (ReplayProducer producer = new ReplayProducer(properties, topic, topics::partitions)) {
        // After the producer has begun, for only then has an earlier one ended.
        ReplayMarkers markers = ReplayMarkers.readExisting(properties, topic);
        ReplayRules rules = new ReplayRules(mostReplays, topics::partitions);
        Batch batch = new Batch(producer, heard);
        new Choice(rules, markers, batch::add, heard, limit).of(selection);
        batch.send();
      }
    }
  }

  /** A place as people read it, for instance {@code lgvq.images-3-1042}. */
  public static String name(Origin place) {
    return place.topic() + "-" + place.partition() + "-" + place.offset();
  }

  /** Tells the letters that may be sent from the others. */
  private final class Choice {

    private final ReplayRules rules;
    private final ReplayMarkers markers;
    private final Consumer<DeadLetter> chosen;
    private final Consumer<ReplayResult> heard;
    private final Set<String> taken = new HashSet<>();
    private long left;

    Choice(
        ReplayRules rules,
        ReplayMarkers markers,
        Consumer<DeadLetter> chosen,
        Consumer<ReplayResult> heard,
        long limit) {
      this.rules = rules;
      this.markers = markers;
      this.chosen = chosen;
      this.heard = heard;
      this.left = limit;
    }

    void of(Selection selection) {
      try (DeadLetterTopic letters = new DeadLetterTopic(properties, topic)) {
        selection.read(letters, this::take);
      }
    }

    /** Whether more may be taken. */
    private boolean take(DeadLetter letter) {
      Optional<Instant> before = markers.replayed(letter);
      Optional<String> objection = rules.objection(letter);
      if (before.isPresent()) {
        tell(letter, Outcome.ALREADY, "its record was replayed at " + before.get());
      } else if (objection.isPresent()) {
        tell(letter, Outcome.REFUSED, objection.get());
      } else if (!taken.add(ReplayMarkers.name(letter))) {
        tell(letter, Outcome.ALREADY, "its record goes with another letter of it");
      } else {
        chosen.accept(letter);
        left--;
      }
      return left > 0;
    }

    private void tell(DeadLetter letter, Outcome outcome, String sentence) {
      heard.accept(new ReplayResult(letter, outcome, sentence));
    }
  }

  /** Letters that will be sent in one transaction. */
  private static final class Batch {

    private final ReplayProducer producer;
    private final Consumer<ReplayResult> heard;
    private final List<DeadLetter> letters = new ArrayList<>();
    private long bytes;

    Batch(ReplayProducer producer, Consumer<ReplayResult> heard) {
      this.producer = producer;
      this.heard = heard;
    }

    void add(DeadLetter letter) {
      letters.add(letter);
      bytes += letter.value() == null ? 0 : letter.value().length;
      if (letters.size() == MOST_LETTERS || bytes >= MOST_BYTES) {
        send();
      }
    }

    void send() {
      producer.send(List.copyOf(letters), heard);
      letters.clear();
      bytes = 0;
    }
  }
}
