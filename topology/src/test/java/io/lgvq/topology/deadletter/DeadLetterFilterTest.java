package io.lgvq.topology.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.topology.arrival.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterFilterTest {

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  private final DeadLetter letter = letter("image-corrupt", "tokenize");

  @Test
  void shouldLetThroughWhatIsOfOneOfTheReasonsAndStages() {
    assertThat(filter(Set.of("image-corrupt", "image-empty"), Set.of("tokenize"))).accepts(letter);
    assertThat(filter(Set.of("image-empty"), Set.of("tokenize"))).rejects(letter);
    assertThat(filter(Set.of("image-corrupt"), Set.of("caption"))).rejects(letter);
    assertThat(DeadLetterFilter.all()).accepts(letter);
  }

  @Test
  void shouldIncludeTheFirstInstantAndExcludeTheLast() {
    assertThat(between(NOON, NOON.plusMillis(1))).accepts(letter);
    assertThat(between(NOON.plusMillis(1), NOON.plusSeconds(1))).rejects(letter);
    assertThat(between(NOON.minusSeconds(1), NOON)).rejects(letter);
  }

  @Test
  void shouldTellWhenALetterDiedFromHowOldItsRecordIs() {
    var later =
        new DeadLetterFilter(
            Set.of(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(NOON.plusSeconds(60)));

    assertThat(later).as("it does not say when it died").rejects(letter);
    letter.headers().add(DeadLetters.TIME, utf8(NOON.plusSeconds(60).toString()));
    assertThat(later).accepts(letter);
    letter.headers().add(DeadLetters.TIME, utf8(NOON.plusSeconds(59).toString()));
    assertThat(later).rejects(letter);
  }

  @Test
  void shouldKnowNoOriginWhereTheHeadersDoNotSayOne() {
    assertThat(letter.origin()).isEmpty();
    letter.headers().add(DeadLetters.TOPIC, utf8("lgvq.images"));
    letter.headers().add(DeadLetters.PARTITION, utf8("3"));
    letter.headers().add(DeadLetters.OFFSET, utf8("not a number"));
    assertThat(letter.origin()).isEmpty();
    letter.headers().add(DeadLetters.OFFSET, utf8("7"));
    assertThat(letter.origin()).contains(new Origin("lgvq.images", 3, 7));
  }

  private static DeadLetterFilter filter(Set<String> reasons, Set<String> stages) {
    return new DeadLetterFilter(
        reasons, stages, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static DeadLetterFilter between(Instant since, Instant until) {
    return new DeadLetterFilter(
        Set.of(), Set.of(), Optional.of(since), Optional.of(until), Optional.empty());
  }

  private static DeadLetter letter(String reason, String stage) {
    var headers = new RecordHeaders();
    headers.add(DeadLetters.REASON, utf8(reason)).add(DeadLetters.STAGE, utf8(stage));
    var place = new Origin("lgvq.dead-letters", 0, 0);
    return new DeadLetter(place, utf8("key"), utf8("value"), NOON.toEpochMilli(), headers);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
