package io.lgvq.soak.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.soak.course.Sent;
import io.lgvq.soak.verify.Findings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {

  @TempDir private Path folder;

  @Test
  void shouldReplaceThePageAndLeaveNothingBeside() throws IOException {
    Path file = folder.resolve("report.md");
    var pages = new Pages(Stream.of(file));

    pages.soFar(report(Optional.of("it still runs")));
    assertThat(file).content().startsWith("# Soak: not finished: it still runs; so far");
    pages.write(report(Optional.empty()));

    assertThat(file).content().startsWith("# Soak: 0 faults");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void shouldNotHarmTheRunWherePageSoFarCannotBeWritten() {
    var pages = new Pages(Stream.of(folder.resolve("gone/report.md")));

    assertThatCode(() -> pages.soFar(report(Optional.empty()))).doesNotThrowAnyException();
    assertThatThrownBy(() -> pages.write(report(Optional.empty()))).isInstanceOf(IOException.class);
  }

  private static Report report(Optional<String> unfinished) {
    return new Report(
        new Report.Run("./lgvq soak", "1.2.3 (abc1234)", "pure", Instant.EPOCH, Instant.EPOCH),
        new Sent(0, 0),
        List.of(),
        List.of(),
        new Findings(),
        new Report.Counts(0, 0, Map.of()),
        unfinished);
  }
}
