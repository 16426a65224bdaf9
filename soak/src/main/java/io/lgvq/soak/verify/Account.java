package io.lgvq.soak.verify;

import io.lgvq.soak.course.Course;
import io.lgvq.soak.course.RecordId;
import io.lgvq.soak.course.Sent;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.stage.AnswerStage;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.ReconstructStage;
import io.lgvq.topology.stage.TokenizeStage;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.apache.kafka.common.utils.Utils;

/**
 * Which outputs have come, of which records: what is due, what is missing, and what nobody fed. A
 * few bits a record. Threading: of its owner.
 */
final class Account {

  // What the feed is ahead at most, and more.
  private static final int MOST_DUE = 20_000;

  final Numbers tokens = new Numbers();
  final Numbers captions = new Numbers();
  final Numbers reconstructions = new Numbers();
  final Numbers answers = new Numbers();
  final Numbers deadImages = new Numbers();
  final Numbers deadQuestions = new Numbers();

  private final Course course;
  private final TopicNames topics;

  Account(Course course, TopicNames topics) {
    this.course = course;
    this.topics = topics;
  }

  /** How many outputs are still to come of what was sent. */
  int missing(Sent sent) {
    return 3 * sent.images() + sent.questions() - seen();
  }

  /** How many images have left the first stage. */
  int imagesThrough() {
    return tokens.count() + deadImages.count();
  }

  /** How many records of a share of the work are due; see {@link Verifier#due}. */
  int due(Sent sent, Share share) {
    return due(sent.images(), share, TokenizeStage.NAME, course::imageKey, this::isThrough)
        + due(sent.images(), share, CaptionStage.NAME, course::imageKey, isMade(captions))
        + due(
            sent.images(), share, ReconstructStage.NAME, course::imageKey, isMade(reconstructions))
        + due(sent.questions(), share, AnswerStage.NAME, course::questionKey, this::isAnswered);
  }

  private static int due(
      int sent, Share share, String stage, IntFunction<String> key, IntPredicate isDone) {
    Set<Integer> partitions = share.partitions().getOrDefault(stage, Set.of());
    int due = 0;
    for (int number = Math.max(0, sent - MOST_DUE); number < sent; number++) {
      if (!isDone.test(number) && partitions.contains(partition(key.apply(number), share.of()))) {
        due++;
      }
    }
    return due;
  }

  /** Where Kafka's producers put a key, and so do ours. */
  private static int partition(String key, int partitions) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(bytes)) % partitions;
  }

  private boolean isThrough(int image) {
    return tokens.has(image) || deadImages.has(image);
  }

  private IntPredicate isMade(Numbers outputs) {
    return image -> !tokens.has(image) || outputs.has(image);
  }

  private boolean isAnswered(int question) {
    return course.isAboutNothing(question) || answers.has(question) || deadQuestions.has(question);
  }

  /** Notes what is missing of what was sent, and what is there beyond. */
  void close(Sent sent, Findings findings) {
    for (int image = 0; image < sent.images(); image++) {
      if (course.isBroken(image)) {
        lostUnless(deadImages.has(image), RecordId.image(image), topics.deadLetters(), findings);
      } else {
        lostUnless(tokens.has(image), RecordId.image(image), topics.tokens(), findings);
        lostUnless(captions.has(image), RecordId.image(image), topics.captions(), findings);
        lostUnless(
            reconstructions.has(image), RecordId.image(image), topics.reconstructions(), findings);
      }
    }
    beyond(sent, findings);
    for (int question = 0; question < sent.questions(); question++) {
      if (course.isEmpty(question)) {
        lostUnless(
            deadQuestions.has(question),
            RecordId.question(question),
            topics.deadLetters(),
            findings);
      } else {
        lostUnless(answers.has(question), RecordId.question(question), topics.answers(), findings);
      }
    }
  }

  private void beyond(Sent sent, Findings findings) {
    neverSent(tokens, sent.images(), true, topics.tokens(), findings);
    neverSent(captions, sent.images(), true, topics.captions(), findings);
    neverSent(reconstructions, sent.images(), true, topics.reconstructions(), findings);
    neverSent(deadImages, sent.images(), true, topics.deadLetters(), findings);
    neverSent(answers, sent.questions(), false, topics.answers(), findings);
    neverSent(deadQuestions, sent.questions(), false, topics.deadLetters(), findings);
  }

  private static void neverSent(
      Numbers numbers, int sent, boolean images, String topic, Findings findings) {
    for (int number : numbers.from(sent)) {
      String id = new RecordId(images, number).toString();
      findings.add(new Finding("never sent", id, topic, "nobody fed that record"));
    }
  }

  private static void lostUnless(boolean there, RecordId record, String topic, Findings findings) {
    if (!there) {
      findings.add(new Finding("lost", record.toString(), topic, ""));
    }
  }

  private int seen() {
    // A dead image stands for its three outputs.
    return tokens.count()
        + captions.count()
        + reconstructions.count()
        + 3 * deadImages.count()
        + answers.count()
        + deadQuestions.count();
  }
}
