package io.lgvq.topology.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.image.ImageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DeadLetterReasonTest {

  @Test
  void shouldSayOfImagesWhatTheDecoderSays() {
    for (ImageProblem problem : ImageProblem.values()) {
      assertThat(DeadLetterReason.of(problem).code()).isEqualTo(problem.code());
    }
  }

  @Test
  void shouldHaveEachReasonInTheRunbook() throws IOException {
    Path runbook = Path.of(System.getProperty("lgvq.root"), "docs", "dead-letters.md");

    assertThat(Files.readString(runbook))
        .contains(
            Arrays.stream(DeadLetterReason.values())
                .map(reason -> "| `" + reason.code() + "` |")
                .toList());
  }
}
