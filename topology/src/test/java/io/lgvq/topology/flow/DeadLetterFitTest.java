package io.lgvq.topology.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.rig.StageDriver;
import java.util.Properties;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class DeadLetterFitTest {

  private static final byte[] KEY = StageDriver.utf8("image");

  @Test
  void shouldSendOnWholeWhatTopicTakes() {
    Record<byte[], byte[]> letter = letter(new byte[500], new byte[100]);

    assertThat(fitted(letter, 1_000)).isEqualTo(letter);
  }

  @Test
  void shouldLeaveOutValueThatIsTooLarge() {
    Record<? extends byte[], ? extends byte[]> small =
        fitted(letter(new byte[1_000], new byte[100]), 1_000);

    assertThat(small.key()).isEqualTo(KEY);
    assertThat(small.value()).isNull();
    assertThat(small.headers().lastHeader(DeadLetters.VALUE_OMITTED).value())
        .isEqualTo(StageDriver.utf8("1000"));
    assertThat(small.headers().toArray())
        .extracting(Header::key)
        .containsExactly(
            "theirs", DeadLetters.REASON, DeadLetters.VALUE_OMITTED, DeadLetters.VALUE_SHA256);
  }

  @Test
  void shouldLeaveOutAllOfSenderWhereHeadersAreTooLarge() {
    Record<? extends byte[], ? extends byte[]> bare =
        fitted(letter(new byte[10], new byte[1_000]), 1_000);

    assertThat(bare.key()).isNull();
    assertThat(bare.value()).isNull();
    assertThat(bare.headers().toArray())
        .extracting(Header::key)
        .containsExactly(DeadLetters.REASON, DeadLetters.VALUE_OMITTED, DeadLetters.VALUE_SHA256);
  }

  @Test
  void shouldLeaveOutValueThatIsLongerThanConfiguredAndSayItsDigest() {
    byte[] abc = StageDriver.utf8("abc");

    assertThat(fitted(letter(abc, new byte[0]), 1_000, 3).value()).isEqualTo(abc);

    var omitted = fitted(letter(abc, new byte[0]), 1_000, 2);
    assertThat(omitted.key()).isEqualTo(KEY);
    assertThat(omitted.value()).isNull();
    assertThat(omitted.headers().lastHeader(DeadLetters.VALUE_OMITTED).value())
        .isEqualTo(StageDriver.utf8("3"));
    assertThat(omitted.headers().lastHeader(DeadLetters.VALUE_SHA256).value())
        .as("SHA-256 of 'abc' as FIPS 180-2 has it")
        .isEqualTo(
            StageDriver.utf8("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  }

  @Test
  void shouldSendOnRecordsWithoutValueWhateverIsConfigured() {
    Record<byte[], byte[]> letter = letter(null, new byte[0]);

    assertThat(fitted(letter, 1_000, 0)).isEqualTo(letter);
  }

  private static Record<byte[], byte[]> letter(byte[] value, byte[] theirs) {
    var headers = new RecordHeaders();
    headers.add("theirs", theirs).add(DeadLetters.REASON, StageDriver.utf8("image-corrupt"));
    return new Record<>(KEY, value, 0, headers);
  }

  private static Record<? extends byte[], ? extends byte[]> fitted(
      Record<byte[], byte[]> letter, long most) {
    return fitted(letter, most, Integer.MAX_VALUE);
  }

  private static Record<? extends byte[], ? extends byte[]> fitted(
      Record<byte[], byte[]> letter, long most, int maxValueBytes) {
    var properties = new Properties();
    properties.put(DeadLetters.MOST_BYTES, most);
    properties.put("application.id", "fit");
    properties.put("bootstrap.servers", "nowhere:1");
    var context = new MockProcessorContext<byte[], byte[]>(properties);
    var fit = new DeadLetterFit(maxValueBytes);
    fit.init(context);
    fit.process(letter);
    return context.forwarded().get(0).record();
  }
}
