package io.lgvq.operators.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleException;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.complete.CompleteRequest;
import io.lgvq.operators.complete.CompleteResult;
import io.lgvq.operators.complete.Completer;
import io.lgvq.operators.complete.Holes;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.paint.PaintRequest;
import io.lgvq.operators.paint.PaintResult;
import io.lgvq.operators.paint.Painter;
import io.lgvq.operators.sampling.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a bundle with random weights: what is painted means nothing, but how is all the same. */
class PainterAndCompleterTest {

  private static final Path FOLDER = Path.of("src/test/resources/bundles/untrained");

  private final BundleOperators operators =
      BundleOperators.of(Bundle.open(FOLDER), EngineSettings.cpu());

  @TempDir Path folder;

  @Test
  void shouldPaintTheSameForTheSameTextAndSeedInAnyBatch() {
    List<PaintRequest> requests = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) { // more than are painted in one call
      requests.add(new PaintRequest(seed % 2 == 0 ? "a red cat" : "two blue dogs", seed));
    }
    for (float guidance : new float[] {1, 2}) {
      try (Painter painter = operators.painter(new Sampling(1, 10), guidance)) {
        List<PaintResult> together = painter.apply(requests);
        for (int i : new int[] {0, 7, 19}) {
          PaintResult alone = painter.apply(List.of(requests.get(i))).get(0);
          assertThat(alone.tokens()).isEqualTo(together.get(i).tokens());
        }
        assertThat(together.stream().map(PaintResult::tokens).distinct()).hasSize(20);
        assertThat(together)
            .allSatisfy(result -> assertThat(result.logProbability()).isBetween(-500f, 0f));
      }
    }
  }

  @Test
  void shouldHeedTheTextUnlessToldNotTo() {
    List<PaintRequest> texts = List.of(new PaintRequest("a cat", 1), new PaintRequest("a dog", 1));
    try (Painter painter = operators.painter(new Sampling(1, 0), 6)) {
      List<PaintResult> results = painter.apply(texts);
      assertThat(results.get(0).tokens()).isNotEqualTo(results.get(1).tokens());
    }
    try (Painter painter = operators.painter(new Sampling(1, 0), 0)) {
      List<PaintResult> results = painter.apply(texts);
      assertThat(results.get(0).tokens()).isEqualTo(results.get(1).tokens());
    }
  }

  @Test
  void shouldPaintForSeveralThreadsAtOnce() throws Exception {
    PaintRequest request = new PaintRequest("a tree on the beach", 5);
    var threads = Executors.newFixedThreadPool(3);
    try (Painter painter = operators.painter(Sampling.standard(), 2)) {
      TokenGrid alone = painter.apply(List.of(request)).get(0).tokens();
      var results =
          IntStream.range(0, 6)
              .mapToObj(i -> threads.submit(() -> painter.apply(List.of(request)).get(0)))
              .toList();
      for (var result : results) {
        assertThat(result.get().tokens()).isEqualTo(alone);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void shouldKeepGivenCodesAndFillTheHolesAlikeInAnyBatch() {
    List<CompleteRequest> requests = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      OptionalLong seed = i % 3 == 0 ? OptionalLong.empty() : OptionalLong.of(i);
      requests.add(
          new CompleteRequest(grid(i), Holes.of(64, IntStream.range(8 + i, 30 + 2 * i)), seed));
    }
    try (Completer completer = operators.completer(new Sampling(1, 0), 4)) {
      List<CompleteResult> together = completer.apply(requests);
      for (int i = 0; i < requests.size(); i++) {
        CompleteRequest request = requests.get(i);
        int[] codes = together.get(i).tokens().codes();
        for (int place = 0; place < 64; place++) {
          if (!request.holes().at(place)) {
            assertThat(codes[place]).isEqualTo(request.tokens().codes()[place]);
          }
        }
        assertThat(completer.apply(List.of(request)).get(0).tokens())
            .isEqualTo(together.get(i).tokens());
      }
    }
  }

  @Test
  void shouldNotLookAtWhatStandsInTheHoles() {
    Holes holes = Holes.of(64, IntStream.of(3, 4, 5, 11));
    TokenGrid one = grid(1);
    int[] others = one.codes().clone();
    holes.indices().forEach(place -> others[place] = (others[place] + 1) % 32);
    TokenGrid other = new TokenGrid(one.codebook(), 8, 8, 1, others);
    try (Completer completer = operators.completer(Sampling.standard(), 4)) {
      assertThat(completer.apply(List.of(new CompleteRequest(other, holes, OptionalLong.empty()))))
          .isEqualTo(
              completer.apply(List.of(new CompleteRequest(one, holes, OptionalLong.empty()))));
    }
  }

  @Test
  void shouldFillOtherwiseWithAnotherSeedAndNothingWhereNothingIsMissing() {
    Holes all = Holes.of(64, IntStream.range(0, 64));
    try (Completer completer = operators.completer(new Sampling(1, 0), 4)) {
      List<CompleteResult> results =
          completer.apply(
              List.of(
                  new CompleteRequest(grid(1), all, OptionalLong.of(1)),
                  new CompleteRequest(grid(1), all, OptionalLong.of(2)),
                  new CompleteRequest(
                      grid(1), Holes.of(64, IntStream.empty()), OptionalLong.of(2))));
      assertThat(results.get(0).tokens()).isNotEqualTo(results.get(1).tokens());
      assertThat(results.get(2).tokens()).isEqualTo(grid(1));
      assertThat(results.get(2).logProbability()).isZero();
    }
  }

  @Test
  void shouldRefuseTokensOfAnotherCodebookAndHolesOfAnotherImage() {
    Codebook own = operators.bundle().codebook();
    Codebook foreign = new Codebook(own.name(), own.version(), "0".repeat(64), own.size());
    Holes holes = Holes.of(64, IntStream.of(1));
    TokenGrid stranger = new TokenGrid(foreign, 8, 8, 1, grid(1).codes());
    try (Completer completer = operators.completer(Sampling.standard(), 4)) {
      assertThatThrownBy(
              () ->
                  completer.apply(
                      List.of(new CompleteRequest(stranger, holes, OptionalLong.empty()))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("tokens of codebook");
    }
    assertThatThrownBy(
            () -> new CompleteRequest(grid(1), Holes.of(9, IntStream.of(1)), OptionalLong.empty()))
        .hasMessage("holes of 9 places came with an image of 64 codes");
  }

  @Test
  void shouldVerifyGraphsAndSayWhichOneBreaksItsSignature() throws IOException {
    operators.verify();

    try (var files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    // The memory graph has no codes to take, so it cannot be the step graph.
    Path manifest = folder.resolve("bundle.yaml");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace("paintStep: paint-step.onnx", "paintStep: paint-memory.onnx"));
    BundleOperators broken = BundleOperators.of(Bundle.open(folder), EngineSettings.cpu());
    assertThatThrownBy(broken::verify)
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("Graph paintStep");
  }

  private TokenGrid grid(long seed) {
    int[] codes = new SplittableRandom(seed).ints(64, 0, 32).toArray();
    return new TokenGrid(operators.bundle().codebook(), 8, 8, 1, codes);
  }
}
