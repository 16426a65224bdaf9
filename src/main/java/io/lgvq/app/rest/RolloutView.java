package io.lgvq.app.rest;

import io.lgvq.operators.rollout.LoadedBundle;
import io.lgvq.operators.rollout.RolloutStatus;
import io.lgvq.operators.rollout.ShadowReport;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How far a rollout is, as JSON.
 *
 * @param phase of it
 * @param percent of the batches or keys
 * @param published the bundle that publishes
 * @param beside the other one
 * @param bundlesInMemory those loaded, and those that a batch still uses
 * @param shadow what differs
 */
@Schema(name = "Rollout", description = "How far a rollout is.")
public record RolloutView(
    @Schema(
            description =
                "single: one bundle. beside: another is loaded. shadow: it tokenizes for comparison."
                    + " percentage: it publishes a share. switched: it publishes; the old one is"
                    + " beside.")
        String phase,
    @Schema(description = "Percentage of the batches (shadow) or image ids; else 0.")
        double percent,
    LoadedView published,
    Optional<LoadedView> beside,
    @Schema(description = "Bundles whose models are in memory.") int bundlesInMemory,
    Optional<ShadowView> shadow) {

  static RolloutView of(RolloutStatus status) {
    return new RolloutView(
        status.phase().name().toLowerCase(Locale.ROOT),
        100 * status.share(),
        LoadedView.of(status.published()),
        status.beside().map(LoadedView::of),
        status.inMemory(),
        status.shadow().map(ShadowView::of));
  }

  /** A loaded bundle. */
  @Schema(name = "LoadedBundle")
  public record LoadedView(
      String name,
      String version,
      @Schema(description = "SHA-256 of its codebook's vectors.") String codebook,
      @Schema(description = "Where it was loaded from.") String location) {

    static LoadedView of(LoadedBundle bundle) {
      return new LoadedView(
          bundle.codebook().name(),
          bundle.codebook().version(),
          bundle.codebook().digest(),
          bundle.origin());
    }
  }

  /** What differs in shadow. */
  @Schema(name = "Shadow", description = "What two bundles made of the same images.")
  public record ShadowView(
      long batches,
      SideView published,
      SideView beside,
      @Schema(description = "0 to 1; absent where the codebooks differ.")
          Optional<Double> equalCodes,
      @Schema(description = "Batches on which the bundle beside failed.") long failures,
      @Schema(description = "What the last failure said.") Optional<String> failure) {

    static ShadowView of(ShadowReport report) {
      return new ShadowView(
          report.batches(),
          SideView.of(report.published()),
          SideView.of(report.beside()),
          report.equalCodes().stream().boxed().findFirst(),
          report.failures(),
          report.failure());
    }
  }

  /** What one bundle made of the images of a shadow. */
  @Schema(name = "ShadowSide")
  public record SideView(
      long images,
      double quantizationError,
      @Schema(description = "Codes that came up.") int codesUsed,
      @Schema(description = "Size of the codebook.") int codes,
      double perplexity,
      @Schema(description = "Time of an image in the engine.") double secondsPerImage) {

    static SideView of(ShadowReport.Side side) {
      return new SideView(
          side.images(),
          side.quantizationError(),
          side.codesUsed(),
          side.codes(),
          side.perplexity(),
          side.secondsPerImage());
    }
  }
}
