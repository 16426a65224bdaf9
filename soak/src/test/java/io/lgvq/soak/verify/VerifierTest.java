package io.lgvq.soak.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.lgvq.soak.course.Course;
import io.lgvq.soak.course.RecordId;
import io.lgvq.soak.course.Sent;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.stage.AnswerStage;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.TokenizeStage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class VerifierTest {

  private static final TopicNames TOPICS = TopicNames.standard();
  private static final Sent SENT = new Sent(2 * Course.BLOCK, Course.BLOCK);

  private static final String OF_NEXT = " of next";

  private final Course course = new Course(5);
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
  private final List<ConsumerRecord<byte[], byte[]>> outputs = allOutputs();

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
    outputs.add(output(TOPICS.tokens(), RecordId.image(3), "tokens"));

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
    replace(TOPICS.tokens(), 1, good -> copy(good, good.key(), 99, course.trace("image-1")));
    replace(TOPICS.tokens(), 2, good -> copy(good, bytes("x"), good.timestamp(), "trace"));

    assertThat(whatIsWrong())
        .containsExactly(
            "foreign timestamp: image-1 at lgvq.tokens-0@1, 99 instead of " + course.imageTime(1),
            "foreign key: image-2 at lgvq.tokens-0@2, x instead of " + course.imageKey(2),
            "foreign header: image-2 at lgvq.tokens-0@2, traceparent is trace");
  }

  @Test
  void shouldFindContentOfAnotherRecord() {
    replace(TOPICS.captions(), 4, good -> output(good.topic(), RecordId.image(4), "of another"));

    assertThat(whatIsWrong())
        .containsExactly("wrong content: image-4 at lgvq.captions-0@4, it says of another");
  }

  @Test
  void shouldBearAnotherCodebookAndFindOutputsOfCodebooksThatTheirTokensAreNotOf() {
    List.of(TOPICS.tokens(), TOPICS.captions(), TOPICS.reconstructions())
        .forEach(topic -> replace(topic, 5, VerifierTest::ofNext));
    replace(TOPICS.captions(), 6, VerifierTest::ofNext);
    replace(TOPICS.tokens(), 7, VerifierTest::ofNext);
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
    outputs.add(output(TOPICS.tokens(), RecordId.image(13), "tokens"));
    outputs.add(letter(RecordId.image(3), "image-corrupt"));
    outputs.add(letter(RecordId.image(33), "image-empty"));
    outputs.add(
        new ConsumerRecord<>(TOPICS.answers(), 0, 777, bytes("stray"), bytes("nobody's answer")));

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
    outputs.add(output(TOPICS.tokens(), RecordId.image(SENT.images()), "tokens"));

    assertThat(whatIsWrong())
        .containsExactly("never sent: image-48 at lgvq.tokens, nobody fed that record");
  }

  @Test
  void shouldFindAnswerAboutImageThatNeverCameAndCountThoseThatGaveUp() {
    replace(TOPICS.answers(), 8, good -> output(good.topic(), RecordId.question(8), "a cat"));
    replace(TOPICS.answers(), 0, good -> output(good.topic(), RecordId.question(0), "unknown"));

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
    replace(TOPICS.answers(), 10, good -> output(good.topic(), RecordId.question(10), "unknown"));

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
    verifier.accept(output(TOPICS.answers(), RecordId.question(8), "unknown"));
    assertThat(findings.kept())
        .extracting(Finding::toString)
        .containsExactly(
            "gave up: question-8 at lgvq.answers-0@8, before it had waited for as long as it may");

    verifier.asked(18);
    seconds = 135;
    verifier.accept(output(TOPICS.answers(), RecordId.question(18), "unknown"));
    verifier.asked(28);
    verifier.clockJumps();
    seconds = 136;
    verifier.accept(output(TOPICS.answers(), RecordId.question(28), "unknown"));

    assertThat(findings.count()).isEqualTo(1);
  }

  @Test
  void shouldFindTooManyQuestionsUnanswered() {
    for (int question = 0; question < 100; question++) {
      if (!course.isAboutNothing(question) && !course.isEmpty(question) && question < 30) {
        verifier.accept(output(TOPICS.answers(), RecordId.question(question), "unknown"));
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
    replace(TOPICS.captions(), 4, good -> output(good.topic(), RecordId.image(4), "torn"));

    assertThat(whatIsWrong())
        .containsExactly(
            "unreadable: image-4 at lgvq.captions-0@4, java.lang.IllegalStateException: no caption");
  }

  @Test
  void shouldTellWhatIsDueOfAShareOfTheWork() {
    var sent = new Sent(Course.BLOCK, Course.BLOCK / 2);
    Share tokenize = Share.whole(List.of(TokenizeStage.NAME), 3);
    Share caption = Share.whole(List.of(CaptionStage.NAME), 3);
    // Of twelve questions one is about an image that never comes.
    Share answer = Share.whole(List.of(AnswerStage.NAME), 3);
    assertThat(verifier.due(sent, tokenize)).isEqualTo(Course.BLOCK);
    assertThat(verifier.due(sent, caption)).isZero();
    assertThat(verifier.due(sent, answer)).isEqualTo(Course.BLOCK / 2 - 1);

    verifier.accept(output(TOPICS.tokens(), RecordId.image(3), "tokens"));
    verifier.accept(letter(RecordId.image(13), "image-corrupt"));
    assertThat(verifier.due(sent, tokenize)).isEqualTo(Course.BLOCK - 2);
    assertThat(verifier.due(sent, caption)).isEqualTo(1);
    verifier.accept(output(TOPICS.captions(), RecordId.image(3), "caption"));
    assertThat(verifier.due(sent, caption)).isZero();
  }

  @Test
  void shouldDivideWhatIsDueByPartition() {
    var sent = new Sent(Course.BLOCK, 0);
    int all = 0;
    for (int partition = 0; partition < 3; partition++) {
      all += verifier.due(sent, new Share(Map.of(TokenizeStage.NAME, Set.of(partition)), 3));
    }

    assertThat(all).isEqualTo(Course.BLOCK);
    assertThat(verifier.due(sent, new Share(Map.of(TokenizeStage.NAME, Set.of()), 3))).isZero();
  }

  @Test
  void shouldCallAShareBusyThatHasAQuarterOfASecondDue() {
    List<String> stages = List.of(TokenizeStage.NAME, CaptionStage.NAME, AnswerStage.NAME);

    assertThat(Share.whole(stages, 3).enough(20)).isEqualTo(12);
    assertThat(new Share(Map.of(TokenizeStage.NAME, Set.of(1)), 3).enough(20)).isEqualTo(1);
    assertThat(Share.whole(stages, 3).enough(1)).isEqualTo(1);
  }

  private List<String> whatIsWrong() {
    outputs.forEach(verifier::accept);
    verifier.finish(SENT);
    return findings.kept().stream().map(Finding::toString).toList();
  }

  private List<ConsumerRecord<byte[], byte[]>> allOutputs() {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    for (int image = 0; image < SENT.images(); image++) {
      RecordId id = RecordId.image(image);
      if (course.isBroken(image)) {
        all.add(letter(id, "image-corrupt"));
      } else {
        all.add(output(TOPICS.tokens(), id, "tokens"));
        all.add(output(TOPICS.captions(), id, "caption"));
        all.add(output(TOPICS.reconstructions(), id, "reconstruction"));
      }
    }
    for (int question = 0; question < SENT.questions(); question++) {
      RecordId id = RecordId.question(question);
      if (course.isEmpty(question)) {
        all.add(letter(id, "question-empty"));
      } else {
        String said = course.isAboutNothing(question) ? "unknown" : "answer";
        all.add(output(TOPICS.answers(), id, said));
      }
    }
    return all;
  }

  private ConsumerRecord<byte[], byte[]> output(String topic, RecordId id, String value) {
    int number = id.number();
    String key = id.isImage() ? course.imageKey(number) : course.questionKey(number);
    long time = id.isImage() ? course.imageTime(number) : course.questionTime(number);
    return record(
        topic, number, bytes(key), time, id.toString(), course.trace(id.toString()), value);
  }

  private ConsumerRecord<byte[], byte[]> letter(RecordId id, String reason) {
    var letter = output(TOPICS.deadLetters(), id, "original");
    letter.headers().add(DeadLetters.REASON, bytes(reason));
    return letter;
  }

  private static ConsumerRecord<byte[], byte[]> copy(
      ConsumerRecord<byte[], byte[]> good, byte[] key, long time, String trace) {
    String id =
        new String(good.headers().lastHeader(Course.RECORD).value(), StandardCharsets.UTF_8);
    String value = new String(good.value(), StandardCharsets.UTF_8);
    return record(good.topic(), good.offset(), key, time, id, trace, value);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String topic, long offset, byte[] key, long time, String id, String trace, String value) {
    var headers = new RecordHeaders();
    headers.add(Course.RECORD, bytes(id));
    headers.add(Course.TRACE, bytes(trace));
    return new ConsumerRecord<>(
        topic,
        0,
        offset,
        time,
        TimestampType.CREATE_TIME,
        key.length,
        value.length(),
        key,
        bytes(value),
        headers,
        Optional.empty());
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

  private static ConsumerRecord<byte[], byte[]> ofNext(ConsumerRecord<byte[], byte[]> first) {
    String id =
        new String(first.headers().lastHeader(Course.RECORD).value(), StandardCharsets.UTF_8);
    String trace =
        new String(first.headers().lastHeader(Course.TRACE).value(), StandardCharsets.UTF_8);
    String value = new String(first.value(), StandardCharsets.UTF_8) + OF_NEXT;
    return record(first.topic(), first.offset(), first.key(), first.timestamp(), id, trace, value);
  }

  private static Predicate<ConsumerRecord<byte[], byte[]>> isOutputOf(String topic, String id) {
    return output ->
        output.topic().equals(topic)
            && id.equals(
                new String(
                    output.headers().lastHeader(Course.RECORD).value(), StandardCharsets.UTF_8));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Values are words that say what they are, and perhaps of which codebook: "caption of next". */
  private static final class TextContents implements Contents {

    @Override
    public Said tokens(byte[] value, String imageId, int picture) {
      return said("tokens", value);
    }

    @Override
    public Said caption(byte[] value, String imageId, int picture) {
      return said("caption", value);
    }

    @Override
    public Said reconstruction(byte[] value, String imageId, int picture) {
      return said("reconstruction", value);
    }

    @Override
    public Said answer(byte[] value, String questionId, String imageId, int picture, int text) {
      boolean unknown = new String(value, StandardCharsets.UTF_8).equals("unknown");
      return new Said(unknown ? "" : "first", "");
    }

    private static Said said(String due, byte[] value) {
      String said = new String(value, StandardCharsets.UTF_8);
      if (said.equals("torn")) {
        throw new IllegalStateException("no " + due);
      }
      String codebook = said.endsWith(OF_NEXT) ? "next" : "first";
      String wrong = said.replace(OF_NEXT, "").equals(due) ? "" : "it says " + said;
      return new Said(codebook, wrong);
    }
  }
}
