package io.lgvq.topology.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ArrivalSerdeTest {

  private final ArrivalSerde serde = new ArrivalSerde();

  @Test
  void shouldGiveBackAllThatArrived() {
    var headers = new RecordHeaders();
    headers.add("traceparent", new byte[] {1, 2});
    headers.add("traceparent", new byte[0]);
    headers.add("größe", null);
    var arrival =
        new Arrival(
            new byte[] {7},
            new byte[] {8, 9},
            123_456_789L,
            headers,
            new Origin("bücher", 3, Long.MAX_VALUE),
            new byte[] {5});

    Arrival back = decode(encode(arrival));

    assertThat(back.key()).isEqualTo(arrival.key());
    assertThat(back.value()).isEqualTo(arrival.value());
    assertThat(back.timestamp()).isEqualTo(arrival.timestamp());
    assertThat(back.headers()).isEqualTo(headers);
    assertThat(back.origin()).isEqualTo(arrival.origin());
    assertThat(back.companion()).isEqualTo(arrival.companion());
  }

  @Test
  void shouldTellNullFromEmpty() {
    var origin = new Origin("t", 0, 0);

    Arrival nulls = decode(encode(new Arrival(null, null, 0, new RecordHeaders(), origin)));
    Arrival empties =
        decode(encode(new Arrival(new byte[0], new byte[0], 0, new RecordHeaders(), origin)));

    assertThat(nulls.key()).isNull();
    assertThat(nulls.value()).isNull();
    assertThat(empties.key()).isEmpty();
    assertThat(empties.value()).isEmpty();
  }

  @Test
  void shouldRefuseFormatOfNewerRelease() {
    byte[] bytes = encode(new Arrival(null, null, 0, new RecordHeaders(), new Origin("t", 0, 0)));
    bytes[0] = 2;

    assertThatThrownBy(() -> decode(bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("newer release");
  }

  @Test
  void shouldRefuseBytesThatEndTooEarly() {
    byte[] bytes =
        encode(
            new Arrival(
                new byte[3], new byte[9], 0, new RecordHeaders(), new Origin("topic", 0, 0)));

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> decode(cut)).isInstanceOf(SerializationException.class);
    }
  }

  private byte[] encode(Arrival arrival) {
    return serde.serializer().serialize("store", arrival);
  }

  private Arrival decode(byte[] bytes) {
    return serde.deserializer().deserialize("store", bytes);
  }
}
