package io.lgvq.topology.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.topology.arrival.Origin;
import io.lgvq.topology.deadletter.DeadLetter;
import io.lgvq.topology.deadletter.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** ReplayOnBrokerTest has the other rules, of letters that real stages made. */
class ReplayRulesTest {

  private final ReplayRules rules = new ReplayRules(3, topic -> 1);

  @Test
  void shouldNotSendTheLiveStagesWhatAJobOfItsOwnCouldNotUse() {
    assertThat(rules.objection(letter("tokenize"))).isEmpty();
    assertThat(rules.objection(letter("retokenize")))
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence)
                    .contains("the live stages", "lgvq.images-0-7", "another topic"));
  }

  private static DeadLetter letter(String stage) {
    Headers headers = new RecordHeaders();
    Map.of(
            DeadLetters.REASON, "reference-unreachable",
            DeadLetters.STAGE, stage,
            DeadLetters.TOPIC, "lgvq.images",
            DeadLetters.PARTITION, "0",
            DeadLetters.OFFSET, "7")
        .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
    return new DeadLetter(
        new Origin("lgvq.dead-letters", 0, 1), new byte[] {1}, new byte[] {2}, 0, headers);
  }
}
