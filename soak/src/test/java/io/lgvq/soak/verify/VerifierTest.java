package io.lgvq.soak.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.lgvq.soak.course.Course;
import io.lgvq.soak.course.RecordId;
import io.lgvq.soak.course.Sent;
import io.lgvq.topology.config.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class VerifierTest {

  private static final TopicNames TOPICS = TopicNames.standard();
  private static final Sent SENT = new Sent(2 * Course.BLOCK, Course.BLOCK);

  private final Course course = new Course(5);
  private final OutputRecords records = new OutputRecords(course, TOPICS);
  private final Findings findings = new Findings();
  private long seconds;
  private final Verifier verifier =
      new Verifier(
          course,
          TOPICS,
          new TextContents(),
          Duration.ofSeconds(20),
          () -> seconds * 1_000_000_000,
          findings);
  private final List<ConsumerRecord<byte[], byte[]>> outputs = records.allOf(SENT);

  @Test
  void shouldFindNothingWhereEveryRecordHasItsOwnOutputs() {
    assertThat(whatIsWrong()).isEmpty();
    assertThat(verifier.missing(SENT)).isZero();
  }

  @Test
  void shouldFindEachOutputThatIsMissing() {
    outputs.removeIf(isOutputOf(TOPICS.captions(), "image-7"));
    outputs.removeIf(isOutputOf(TOPICS.deadLetters(), "image-13"));
    outputs.removeIf(isOutputOf(TOPICS.answers(), "question-8"));

    assertThat(whatIsWrong())
        .containsExactly(
            "lost: image-7 at lgvq.captions",
            "lost: image-13 at lgvq.dead-letters",
            "lost: question-8 at lgvq.answers");
    assertThat(verifier.missing(SENT)).isEqualTo(1 + 3 + 1);
  }

  @Test
  void shouldFindOutputThatIsThereTwiceAndWhere() {
    outputs.add(records.output(TOPICS.tokens(), RecordId.image(3), "tokens"));

    assertThat(whatIsWrong()).containsExactly("doubled: image-3 at lgvq.tokens-0@3");
  }

  @Test
  void shouldFindOutputsOfOneKeyInAnotherOrder() {
    // Images 0 and 8 are of one key, and 1 is of another.
    assertThat(course.imageKey(8)).isEqualTo(course.imageKey(0));
    swap(TOPICS.tokens(), 0, 8);
    swap(TOPICS.captions(), 1, 8);

    assertThat(whatIsWrong())
        .containsExactly(
            "out of order: image-0 at lgvq.tokens-0@0, a later record of its key came before");
  }

  @Test
  void shouldFindTimestampKeyAndHeaderOfAnotherRecord() {
    replace(
        TOPICS.tokens(),
        1,
        good -> OutputRecords.copy(good, good.key(), 99, course.trace("image-1")));
    replace(
        TOPICS.tokens(),
        2,
        good -> OutputRecords.copy(good, OutputRecords.bytes("x"), good.timestamp(), "trace"));

    assertThat(whatIsWrong())
        .containsExactly(
            "foreign timestamp: image-1 at lgvq.tokens-0@1, 99 instead of " + course.imageTime(1),
            "foreign key: image-2 at lgvq.tokens-0@2, x instead of " + course.imageKey(2),
            "foreign header: image-2 at lgvq.tokens-0@2, traceparent is trace");
  }

  @Test
  void shouldFindContentOfAnotherRecord() {
    replace(
        TOPICS.captions(),
        4,
        good -> records.output(good.topic(), RecordId.image(4), "of another"));

    assertThat(whatIsWrong())
        .containsExactly("wrong content: image-4 at lgvq.captions-0@4, it says of another");
  }

  @Test
  void shouldBearAnotherCodebookAndFindOutputsOfCodebooksThatTheirTokensAreNotOf() {
    List.of(TOPICS.tokens(), TOPICS.captions(), TOPICS.reconstructions())
        .forEach(topic -> replace(topic, 5, OutputRecords::ofNext));
    replace(TOPICS.captions(), 6, OutputRecords::ofNext);
    replace(TOPICS.tokens(), 7, OutputRecords::ofNext);
    // The reader may see what was made of tokens before them.
    Collections.swap(outputs, indexOf(TOPICS.tokens(), 7), indexOf(TOPICS.reconstructions(), 7));

    assertThat(whatIsWrong())
        .containsExactly(
            "mixed codebooks: image-6 at lgvq.captions-0@6, tokens and what was made of them differ",
            "mixed codebooks: image-7 at lgvq.tokens-0@7, tokens and what was made of them differ");
    assertThat(verifier.codebooks()).containsEntry("next", 2).containsKey("first");
  }

  @Test
  void shouldFindOutputsThatNobodyAskedFor() {
    outputs.add(records.output(TOPICS.tokens(), RecordId.image(13), "tokens"));
    outputs.add(records.letter(RecordId.image(3), "image-corrupt"));
    outputs.add(records.letter(RecordId.image(33), "image-empty"));
    outputs.add(
        new ConsumerRecord<>(
            TOPICS.answers(),
            0,
            777,
            OutputRecords.bytes("stray"),
            OutputRecords.bytes("nobody's answer")));

    assertThat(whatIsWrong())
        .contains(
            "unexpected: image-13 at lgvq.tokens-0@13, a torn image is to become a dead letter",
            "dead letter of a good record: image-3 at lgvq.dead-letters-0@3, reason image-corrupt",
            "wrong reason: image-33 at lgvq.dead-letters-0@33, image-empty instead of"
                + " image-corrupt")
        .anyMatch(finding -> finding.startsWith("foreign: ? at lgvq.answers-0@777"));
  }

  @Test
  void shouldFindRecordsBeyondWhatWasSent() {
    outputs.add(records.output(TOPICS.tokens(), RecordId.image(SENT.images()), "tokens"));

    assertThat(whatIsWrong())
        .containsExactly("never sent: image-48 at lgvq.tokens, nobody fed that record");
  }

  @Test
  void shouldFindAnswerAboutImageThatNeverCameAndCountThoseThatGaveUp() {
    replace(
        TOPICS.answers(), 8, good -> records.output(good.topic(), RecordId.question(8), "a cat"));
    replace(
        TOPICS.answers(), 0, good -> records.output(good.topic(), RecordId.question(0), "unknown"));

    assertThat(whatIsWrong())
        .containsExactly(
            "wrong content: question-8 at lgvq.answers-0@8, an answer about an image that never"
                + " came");
    assertThat(verifier.gaveUp()).isEqualTo(1);
  }

  @Test
  void shouldFindUnknownImageWhoseTokensTheStageMustHaveRead() {
    // Questions 5 and 10 are of the first block, and ask about its images 5 and 2.
    assertThat(course.questionKey(5)).isEqualTo(course.imageKey(5));
    assertThat(course.questionKey(10)).isEqualTo(course.imageKey(2));
    replace(
        TOPICS.answers(),
        10,
        good -> records.output(good.topic(), RecordId.question(10), "unknown"));

    assertThat(whatIsWrong())
        .singleElement(STRING)
        .startsWith("known image unknown: question-10 at lgvq.answers-0@10, its tokens are at");
    assertThat(verifier.gaveUp()).isEqualTo(1);
  }

  @Test
  void shouldFindQuestionThatWasGivenUpBeforeItsTimeUnlessClockJumped() {
    seconds = 100;
    verifier.asked(8);
    seconds = 115;
    verifier.accept(records.output(TOPICS.answers(), RecordId.question(8), "unknown"));
    assertThat(findings.kept())
        .extracting(Finding::toString)
        .containsExactly(
            "gave up: question-8 at lgvq.answers-0@8, before it had waited for as long as it may");

    verifier.asked(18);
    seconds = 135;
    verifier.accept(records.output(TOPICS.answers(), RecordId.question(18), "unknown"));
    verifier.asked(28);
    verifier.clockJumps();
    seconds = 136;
    verifier.accept(records.output(TOPICS.answers(), RecordId.question(28), "unknown"));

    assertThat(findings.count()).isEqualTo(1);
  }

  @Test
  void shouldFindTooManyQuestionsUnanswered() {
    for (int question = 0; question < 100; question++) {
      if (!course.isAboutNothing(question) && !course.isEmpty(question) && question < 30) {
        verifier.accept(records.output(TOPICS.answers(), RecordId.question(question), "unknown"));
      }
    }
    verifier.finish(new Sent(0, 100));

    assertThat(findings.kept())
        .extracting(Finding::toString)
        .contains(
            "too many unanswered: 26 questions at lgvq.answers, their images came; 25 may be late");
  }

  @Test
  void shouldFindOutputThatCannotBeReadAndGoOn() {
    replace(TOPICS.captions(), 4, good -> records.output(good.topic(), RecordId.image(4), "torn"));

    assertThat(whatIsWrong())
        .containsExactly(
            "unreadable: image-4 at lgvq.captions-0@4, java.lang.IllegalStateException: no caption");
  }

  private List<String> whatIsWrong() {
    outputs.forEach(verifier::accept);
    verifier.finish(SENT);
    return findings.kept().stream().map(Finding::toString).toList();
  }

  private void replace(
      String topic, int number, UnaryOperator<ConsumerRecord<byte[], byte[]>> change) {
    int index = indexOf(topic, number);
    outputs.set(index, change.apply(outputs.get(index)));
  }

  private void swap(String topic, int one, int other) {
    Collections.swap(outputs, indexOf(topic, one), indexOf(topic, other));
  }

  private int indexOf(String topic, int number) {
    for (int index = 0; index < outputs.size(); index++) {
      if (outputs.get(index).topic().equals(topic) && outputs.get(index).offset() == number) {
        return index;
      }
    }
    throw new AssertionError("no output " + number + " in " + topic);
  }

  private static Predicate<ConsumerRecord<byte[], byte[]>> isOutputOf(String topic, String id) {
    return output ->
        output.topic().equals(topic)
            && id.equals(
                new String(
                    output.headers().lastHeader(Course.RECORD).value(), StandardCharsets.UTF_8));
  }
}
