package io.lgvq.soak.verify;

import io.lgvq.soak.course.Course;
import io.lgvq.soak.course.RecordId;
import io.lgvq.soak.course.Sent;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** What stages would write for the records of a course, in words. */
final class OutputRecords {

  private final Course course;
  private final TopicNames topics;

  OutputRecords(Course course, TopicNames topics) {
    this.course = course;
    this.topics = topics;
  }

  /** Every output of all that was sent, as it is to be. */
  List<ConsumerRecord<byte[], byte[]>> allOf(Sent sent) {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    for (int image = 0; image < sent.images(); image++) {
      RecordId id = RecordId.image(image);
      if (course.isBroken(image)) {
        all.add(letter(id, "image-corrupt"));
      } else {
        all.add(output(topics.tokens(), id, "tokens"));
        all.add(output(topics.captions(), id, "caption"));
        all.add(output(topics.reconstructions(), id, "reconstruction"));
      }
    }
    for (int question = 0; question < sent.questions(); question++) {
      RecordId id = RecordId.question(question);
      if (course.isEmpty(question)) {
        all.add(letter(id, "question-empty"));
      } else {
        String said = course.isAboutNothing(question) ? "unknown" : "answer";
        all.add(output(topics.answers(), id, said));
      }
    }
    return all;
  }

  /** An output of one record; its offset is the number of that. */
  ConsumerRecord<byte[], byte[]> output(String topic, RecordId id, String value) {
    int number = id.number();
    String key = id.isImage() ? course.imageKey(number) : course.questionKey(number);
    long time = id.isImage() ? course.imageTime(number) : course.questionTime(number);
    return record(
        topic, number, bytes(key), time, id.toString(), course.trace(id.toString()), value);
  }

  /** A dead letter of one record. */
  ConsumerRecord<byte[], byte[]> letter(RecordId id, String reason) {
    var letter = output(topics.deadLetters(), id, "original");
    letter.headers().add(DeadLetters.REASON, bytes(reason));
    return letter;
  }

  /** The same output with other marks. */
  static ConsumerRecord<byte[], byte[]> copy(
      ConsumerRecord<byte[], byte[]> good, byte[] key, long time, String trace) {
    String id =
        new String(good.headers().lastHeader(Course.RECORD).value(), StandardCharsets.UTF_8);
    String value = new String(good.value(), StandardCharsets.UTF_8);
    return record(good.topic(), good.offset(), key, time, id, trace, value);
  }

  /** The same output of the other codebook. */
  static ConsumerRecord<byte[], byte[]> ofNext(ConsumerRecord<byte[], byte[]> first) {
    String id =
        new String(first.headers().lastHeader(Course.RECORD).value(), StandardCharsets.UTF_8);
    String trace =
        new String(first.headers().lastHeader(Course.TRACE).value(), StandardCharsets.UTF_8);
    String value = new String(first.value(), StandardCharsets.UTF_8) + TextContents.OF_NEXT;
    return record(first.topic(), first.offset(), first.key(), first.timestamp(), id, trace, value);
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

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
