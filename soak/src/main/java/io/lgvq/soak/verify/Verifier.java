package io.lgvq.soak.verify;

import io.lgvq.soak.course.Course;
import io.lgvq.soak.course.RecordId;
import io.lgvq.soak.course.Sent;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetterReason;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.stage.AnswerStage;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.ReconstructStage;
import io.lgvq.topology.stage.TokenizeStage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Utils;

/**
 * Holds every committed output against the record that it was made of: that there is exactly one
 * (or exactly one dead letter), in the order of its key, with timestamp, headers and content of its
 * own record, made with the codebook of its image's tokens, and that nothing else is there.
 *
 * <p>Needs a few bits a record, whatever the length of the run. Threading: safe for use by several
 * threads.
 */
public final class Verifier {

  // What the feed is ahead at most, and more.
  private static final int MOST_DUE = 20_000;
  private static final int FEW_UNANSWERED = 20;

  private final Course course;
  private final TopicNames topics;
  private final Contents contents;

  private final Numbers tokens = new Numbers();
  private final Numbers captions = new Numbers();
  private final Numbers reconstructions = new Numbers();
  private final Numbers answers = new Numbers();
  private final Numbers deadImages = new Numbers();
  private final Numbers deadQuestions = new Numbers();
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

  /** How many outputs are still to come of what was sent. */
  public synchronized int missing(Sent sent) {
    return 3 * sent.images() + sent.questions() - seen();
  }

  /** How many images, good or broken, have left the first stage. */
  public synchronized int imagesThrough() {
    return tokens.count() + deadImages.count();
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
    for (int image = 0; image < sent.images(); image++) {
      if (course.isBroken(image)) {
        lostUnless(deadImages.has(image), RecordId.image(image), topics.deadLetters());
      } else {
        lostUnless(tokens.has(image), RecordId.image(image), topics.tokens());
        lostUnless(captions.has(image), RecordId.image(image), topics.captions());
        lostUnless(reconstructions.has(image), RecordId.image(image), topics.reconstructions());
      }
    }
    beyond(sent);
    tooManyUnanswered(sent);
    for (int question = 0; question < sent.questions(); question++) {
      if (course.isEmpty(question)) {
        lostUnless(deadQuestions.has(question), RecordId.question(question), topics.deadLetters());
      } else {
        lostUnless(answers.has(question), RecordId.question(question), topics.answers());
      }
    }
  }

  private void tooManyUnanswered(Sent sent) {
    long most = Math.max(FEW_UNANSWERED, sent.questions() / 10);
    if (gaveUp > most) {
      findings.add(
          new Finding(
              "too many unanswered",
              gaveUp + " questions",
              topics.answers(),
              "their images came; %d may be late".formatted(most)));
    }
  }

  private void beyond(Sent sent) {
    neverSent(tokens, sent.images(), true, topics.tokens());
    neverSent(captions, sent.images(), true, topics.captions());
    neverSent(reconstructions, sent.images(), true, topics.reconstructions());
    neverSent(deadImages, sent.images(), true, topics.deadLetters());
    neverSent(answers, sent.questions(), false, topics.answers());
    neverSent(deadQuestions, sent.questions(), false, topics.deadLetters());
  }

  private void neverSent(Numbers numbers, int sent, boolean images, String topic) {
    for (int number : numbers.from(sent)) {
      String id = new RecordId(images, number).toString();
      findings.add(new Finding("never sent", id, topic, "nobody fed that record"));
    }
  }

  private void image(ConsumerRecord<byte[], byte[]> output, int image, boolean dead) {
    String key = course.imageKey(image);
    String id = RecordId.image(image).toString();
    int picture = course.picture(image);
    own(output, id, key, course.imageTime(image));
    if (dead) {
      once(deadImages, output, id, key, image);
      dead(output, id, course.isBroken(image), DeadLetterReason.IMAGE_CORRUPT);
      return;
    }
    if (course.isBroken(image)) {
      findings.add("unexpected", id, output, "a torn image is to become a dead letter");
    } else if (output.topic().equals(topics.tokens())) {
      once(tokens, output, id, key, image);
      tokensRead.tokens(key, output.offset());
      read(output, id, () -> contents.tokens(output.value(), key, picture))
          .ifPresent(said -> mixedUnless(codebooks.isOfTokens(image, said.codebook()), output, id));
    } else if (output.topic().equals(topics.captions())) {
      once(captions, output, id, key, image);
      made(output, image, () -> contents.caption(output.value(), key, picture));
    } else if (output.topic().equals(topics.reconstructions())) {
      once(reconstructions, output, id, key, image);
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
      once(deadQuestions, output, id, key, question);
      dead(output, id, course.isEmpty(question), DeadLetterReason.QUESTION_EMPTY);
    } else if (course.isEmpty(question) || !output.topic().equals(topics.answers())) {
      findings.add("unexpected", id, output, "no output of this question belongs there");
    } else {
      once(answers, output, id, key, question);
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

  private void lostUnless(boolean there, RecordId record, String topic) {
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

  private static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
