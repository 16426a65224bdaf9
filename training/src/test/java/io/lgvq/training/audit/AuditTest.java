package io.lgvq.training.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** An audit of a bundle whose one weakness is known. */
class AuditTest {

  private static final int LIMIT = 400;

  private final Audit audit =
      new Audit(new OneObject(), WeakBundle.served(), word -> !word.equals("yak"), LIMIT);

  @Test
  void shouldFindAndMarkTheObjectThatIsNeverTold() {
    AuditReport report = audit.run(done -> {});

    assertThat(worse(report, "answers, object")).extracting(Finding::value).containsExactly("cat");
    assertThat(worse(report, "objects named in captions"))
        .extracting(Finding::value)
        .containsExactly("cat");
    Finding cat = worse(report, "answers, object").get(0);
    assertThat(cat.trait()).isEqualTo("object");
    assertThat(cat.measured()).isZero();
    assertThat(cat.n()).isEqualTo(100);
    assertThat(cat.expected()).isCloseTo(2 / 3.0, within(1e-9));
  }

  @Test
  void shouldFindThePlaceThatIsReconstructedWorse() {
    AuditReport report = audit.run(done -> {});

    assertThat(worse(report, "PSNR"))
        .extracting(finding -> finding.trait() + " " + finding.value())
        .containsExactly("place fog");
  }

  @Test
  void shouldTellQuestionsForThePlaceFromOthers() {
    AuditReport report = audit.run(done -> {});

    assertThat(report.overall())
        .extracting(AuditReport.Overall::measure)
        .containsExactly(
            "answers, all kinds",
            "answers, object",
            "answers, place",
            "objects named in captions",
            "PSNR");
    assertThat(worse(report, "answers, place")).isEmpty();
  }

  @Test
  void shouldSayHowManyComparisonsThereAreAndHowManyWouldDifferByChance() {
    AuditReport report = audit.run(done -> {});

    assertThat(report.compared()).isEqualTo(report.findings().size());
    assertThat(report.outsideByChance()).isEqualTo(0.05 * report.compared());
    assertThat(report.confirmed())
        .isEqualTo(report.findings().stream().filter(Finding::confirmed).count());
    assertThat(report.images()).isEqualTo(300);
    assertThat(report.leftOut()).isEqualTo(100);
    assertThat(AuditText.of(report, 10))
        .contains("%d comparisons".formatted(report.compared()), "100 more were left out");
  }

  @Test
  void shouldShowFailuresThatAreThoseOfTheFindings() {
    AuditReport report = audit.run(done -> {});

    List<Failure> failures = audit.failures(report, 6, 1);

    assertThat(failures).hasSize(6);
    assertThat(failures)
        .extracting(failure -> failure.outcome().sample().id())
        .doesNotHaveDuplicates();
    assertThat(failures)
        .allSatisfy(
            failure ->
                assertThat(
                        failure.why().startsWith("place fog")
                            || failure.outcome().sample().objects().equals(List.of("cat")))
                    .isTrue());
    assertThat(audit.failures(report, 6, 1)).isEqualTo(failures);
    assertThat(audit.failures(report, 6, 2)).isNotEqualTo(failures);
  }

  @Test
  void shouldPaintTheSameSheetOfModerateSizeAgain() throws IOException {
    AuditReport report = audit.run(done -> {});
    List<Failure> failures = audit.failures(report, 12, 1);

    byte[] sheet = FailureSheet.png(failures);

    assertThat(sheet).hasSizeLessThan(400_000).isEqualTo(FailureSheet.png(failures));
    assertThat(ImageIO.read(new ByteArrayInputStream(sheet)).getHeight()).isGreaterThan(128);
  }

  @Test
  void shouldRefuseImagesThatItHasNoWordsFor() {
    Audit speechless = new Audit(new OneObject(), WeakBundle.served(), word -> false, LIMIT);

    assertThatThrownBy(() -> speechless.run(done -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of 400 test images")
        .hasMessageContaining("no word");
  }

  private static List<Finding> worse(AuditReport report, String measure) {
    return report.findings().stream()
        .filter(finding -> finding.measure().equals(measure))
        .filter(finding -> finding.worse() && finding.confirmed())
        .toList();
  }
}
