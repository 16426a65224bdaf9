package io.lgvq.soak.verify;

import io.lgvq.soak.course.Course;
import io.lgvq.soak.course.RecordId;
import io.lgvq.soak.course.Sent;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetterReason;
import io.lgvq.topology.deadletter.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Holds every committed output against the record that it was made of: that there is exactly one
 * (or exactly one dead letter), in the order of its key, with timestamp, headers and content of its
 * own record, made with the codebook of its image's tokens, and that nothing else is there.
 *
 * <p>Needs a few bits a record, whatever the length of the run. Threading: safe for use by several
 * threads.
 */
public final class Verifier {

  private static final int FEW_UNANSWERED = 20;

  private final Course course;
  private final TopicNames topics;
  private final Contents contents;

  private final Account account;
  private final Codebooks codebooks = new Codebooks();

  private final TokensRead tokensRead = new TokensRead();
  private final Waits waits;
  private final Findings findings;
  private int gaveUp;

  /**
   * @param course that is fed
   * @param topics where its outputs are
   * @param contents what they must hold
   * @param questionWait how long a question waits for its image
   * @param nanos a clock that goes evenly
   * @param findings where what is wrong is noted
   */
  public Verifier(
      Course course,
      TopicNames topics,
      Contents contents,
      Duration questionWait,
      LongSupplier nanos,
      Findings findings) {
    this.course = course;
    this.topics = topics;
    this.contents = contents;
    this.account = new Account(course, topics);
    this.waits = new Waits(questionWait, nanos);
    this.findings = findings;
  }

  /** A question is about to be sent. */
  public synchronized void asked(int question) {
    waits.asked(question);
  }

  /** The clock of an instance is about to jump. */
  public synchronized void clockJumps() {
    waits.clockJumps();
  }

  /**
   * Looks at a committed record of an output topic.
   *
   * @return which record of the feed it was made of; empty if it cannot be told
   */
  public synchronized Optional<RecordId> accept(ConsumerRecord<byte[], byte[]> output) {
    Optional<RecordId> record = RecordId.of(header(output, Course.RECORD));
    if (record.isEmpty()) {
      findings.add("foreign", "?", output, "it has no header " + Course.RECORD + " of the feed");
      return record;
    }
    boolean dead = output.topic().equals(topics.deadLetters());
    if (record.get().isImage()) {
      image(output, record.get().number(), dead);
    } else {
      question(output, record.get().number(), dead);
    }
    return record;
  }

  /**
   * How many records of a share of the work are due: those that were sent, and whose outputs are
   * not committed yet. For stages that work on tokens, those whose tokens are there; questions
   * about images that never come are left out, for they wait where all is well.
   */
  public synchronized int due(Sent sent, Share share) {
    return account.due(sent, share);
  }

  /** How many outputs are still to come of what was sent. */
  public synchronized int missing(Sent sent) {
    return account.missing(sent);
  }

  /** How many images, good or broken, have left the first stage. */
  public synchronized int imagesThrough() {
    return account.imagesThrough();
  }

  /** Questions that were answered as about unknown images although their image came. */
  public synchronized int gaveUp() {
    return gaveUp;
  }

  /** How many images have tokens of each codebook, by its digest. */
  public synchronized Map<String, Integer> codebooks() {
    return codebooks.counts();
  }

  /**
   * Notes what is missing, now that all is said to be there.
   *
   * @param sent how much was fed
   */
  public synchronized void finish(Sent sent) {
    account.close(sent, findings);
    tooManyUnanswered(sent);
  }

  private void tooManyUnanswered(Sent sent) {
    long most = Math.max(FEW_UNANSWERED, sent.questions() / 4);
    if (gaveUp > most) {
      findings.add(
          new Finding(
              "too many unanswered",
              gaveUp + " questions",
              topics.answers(),
              "their images came; %d may be late".formatted(most)));
    }
  }

  private void image(ConsumerRecord<byte[], byte[]> output, int image, boolean dead) {
    String key = course.imageKey(image);
    String id = RecordId.image(image).toString();
    int picture = course.picture(image);
    own(output, id, key, course.imageTime(image));
    if (dead) {
      once(account.deadImages, output, id, key, image);
      dead(output, id, course.isBroken(image), DeadLetterReason.IMAGE_CORRUPT);
      return;
    }
    if (course.isBroken(image)) {
      findings.add("unexpected", id, output, "a torn image is to become a dead letter");
    } else if (output.topic().equals(topics.tokens())) {
      once(account.tokens, output, id, key, image);
      tokensRead.tokens(key, output.offset());
      read(output, id, () -> contents.tokens(output.value(), key, picture))
          .ifPresent(said -> mixedUnless(codebooks.isOfTokens(image, said.codebook()), output, id));
    } else if (output.topic().equals(topics.captions())) {
      once(account.captions, output, id, key, image);
      made(output, image, () -> contents.caption(output.value(), key, picture));
    } else if (output.topic().equals(topics.reconstructions())) {
      once(account.reconstructions, output, id, key, image);
      made(output, image, () -> contents.reconstruction(output.value(), key, picture));
    } else {
      findings.add("unexpected", id, output, "no output of an image belongs there");
    }
  }

  private void question(ConsumerRecord<byte[], byte[]> output, int question, boolean dead) {
    String key = course.questionKey(question);
    String id = RecordId.question(question).toString();
    own(output, id, key, course.questionTime(question));
    if (dead) {
      once(account.deadQuestions, output, id, key, question);
      dead(output, id, course.isEmpty(question), DeadLetterReason.QUESTION_EMPTY);
    } else if (course.isEmpty(question) || !output.topic().equals(topics.answers())) {
      findings.add("unexpected", id, output, "no output of this question belongs there");
    } else {
      once(account.answers, output, id, key, question);
      answer(output, id, question);
    }
  }

  private void answer(ConsumerRecord<byte[], byte[]> output, String id, int question) {
    String image = course.questionKey(question);
    Optional<Contents.Said> said =
        read(
            output,
            id,
            () ->
                contents.answer(
                    output.value(),
                    course.questionId(question),
                    image,
                    course.pictureOf(question),
                    course.textOf(question)));
    if (said.isEmpty()) {
      return;
    }
    boolean unknown = said.get().isAboutUnknownImage();
    if (unknown && waits.isTooEarly(question)) {
      findings.add("gave up", id, output, "before it had waited for as long as it may");
    }
    if (course.isAboutNothing(question)) {
      if (!unknown) {
        findings.add("wrong content", id, output, "an answer about an image that never came");
      }
    } else if (unknown) {
      gaveUp++;
      tokensRead.unknown(
          output.partition(), image, why -> findings.add("known image unknown", id, output, why));
    } else {
      tokensRead.answered(output.partition(), image);
    }
  }

  private void made(
      ConsumerRecord<byte[], byte[]> output, int image, Supplier<Contents.Said> saying) {
    String id = RecordId.image(image).toString();
    read(output, id, saying)
        .ifPresent(said -> mixedUnless(codebooks.isOfOutput(image, said.codebook()), output, id));
  }

  /** What an output says; empty if it cannot be read, which is a finding and no end of the run. */
  private Optional<Contents.Said> read(
      ConsumerRecord<byte[], byte[]> output, String id, Supplier<Contents.Said> saying) {
    try {
      Contents.Said said = saying.get();
      wrong(output, id, said.wrong());
      return Optional.of(said);
    } catch (RuntimeException e) {
      findings.add("unreadable", id, output, e.toString());
      return Optional.empty();
    }
  }

  private void mixedUnless(boolean one, ConsumerRecord<byte[], byte[]> output, String id) {
    if (!one) {
      findings.add("mixed codebooks", id, output, "tokens and what was made of them differ");
    }
  }

  private void once(
      Numbers numbers, ConsumerRecord<byte[], byte[]> output, String id, String key, int number) {
    if (!numbers.add(number)) {
      findings.add("doubled", id, output, "");
    } else if (!numbers.isInOrder(key, number)) {
      findings.add("out of order", id, output, "a later record of its key came before");
    }
  }

  private void own(ConsumerRecord<byte[], byte[]> output, String id, String key, long time) {
    String actual =
        output.key() == null ? "none" : new String(output.key(), StandardCharsets.UTF_8);
    if (!actual.equals(key)) {
      findings.add("foreign key", id, output, "%s instead of %s".formatted(actual, key));
    }
    if (output.timestamp() != time) {
      findings.add("foreign timestamp", id, output, output.timestamp() + " instead of " + time);
    }
    if (!header(output, Course.TRACE).equals(course.trace(id))) {
      findings.add(
          "foreign header", id, output, Course.TRACE + " is " + header(output, Course.TRACE));
    }
  }

  private void dead(
      ConsumerRecord<byte[], byte[]> letter, String id, boolean due, DeadLetterReason reason) {
    String actual = header(letter, DeadLetters.REASON);
    if (!due) {
      findings.add("dead letter of a good record", id, letter, "reason " + actual);
    } else if (!actual.equals(reason.code())) {
      findings.add("wrong reason", id, letter, "%s instead of %s".formatted(actual, reason.code()));
    }
  }

  private void wrong(ConsumerRecord<byte[], byte[]> output, String id, String what) {
    if (!what.isEmpty()) {
      findings.add("wrong content", id, output, what);
    }
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
