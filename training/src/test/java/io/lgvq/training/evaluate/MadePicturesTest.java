package io.lgvq.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.operators.caption.CaptionResult;
import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.complete.CompleteRequest;
import io.lgvq.operators.complete.CompleteResult;
import io.lgvq.operators.complete.Completer;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.paint.PaintRequest;
import io.lgvq.operators.paint.PaintResult;
import io.lgvq.operators.paint.Painter;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.tokenize.Tokenized;
import io.lgvq.operators.tokenize.Tokenizer;
import io.lgvq.training.MadeCorpus;
import io.lgvq.training.corpus.ChosenSplits;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.corpus.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A codebook of greys: code c is four pixels of value c. Objects are named by the first code. */
class MadePicturesTest {

  private static final Codebook GREYS = new Codebook("greys", "1.0.0", "0".repeat(64), 256);
  private static final int GRID = 4;
  private static final int SIDE = 2 * GRID;
  private static final int OFF = 10;

  private final List<PaintRequest> asked = new ArrayList<>();

  @Test
  void shouldMeasureThePartThatWasMadeUpAlone() {
    Report.Completed completed =
        report(new FillerOff(), 1).slices().get("test").completed().orElseThrow();

    double off = 20 * Math.log10(255.0 / OFF);
    assertThat(completed.hole().value()).isCloseTo(off, within(1e-9));
    assertThat(completed.holeReconstructed().value()).isEqualTo(99);
    // 12 of 16 squares around the hole are of one grey, 4 within are 20 brighter
    assertThat(completed.holeFlat().value()).isCloseTo(20 * Math.log10(255.0 / 20), within(1e-9));
  }

  @Test
  void shouldPaintTheLongestCaptionsOfTheFirstImagesAndLookForTheirObjects() {
    Report.Painted painted =
        report(new FillerOff(), 3).slices().get("test").painted().orElseThrow();

    assertThat(painted.images()).isEqualTo(3);
    assertThat(asked).extracting(PaintRequest::text).containsOnly("a dog in the snow").hasSize(3);
    assertThat(asked).extracting(PaintRequest::seed).containsExactly(0L, 1L, 2L);
    // The painter paints what its seed says: an even one is a dog.
    assertThat(painted.named().orElseThrow().value()).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(painted.frechet()).isEmpty();
  }

  @Test
  void shouldSayInItsTablesWhatWasMade() {
    String tables = MadeTables.of(report(new FillerOff(), 3));

    assertThat(tables).contains("| test", "66.7", "28.13");
    assertThat(ReportJson.of(report(new FillerOff(), 3))).contains("\"painted\"", "\"holeFlat\"");
  }

  @Test
  void shouldMeasureTheChosenSplitsAlone() {
    var chosen = new ChosenSplits(new Squared(), Set.of("validation"));

    assertThat(report(chosen, new FillerOff(), 1).slices()).containsOnlyKeys("validation");
    assertThat(report(new FillerOff(), 1).slices()).containsOnlyKeys("test");
  }

  private Report report(Completer completer, int made) {
    return report(new Squared(), completer, made);
  }

  private Report report(Corpus corpus, Completer completer, int made) {
    Served served =
        new Served(
            new Greys(),
            new Squares(),
            Optional.of(new Namer()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new ByParity()),
            Optional.of(completer));
    return new Evaluation(
            corpus, served, Optional.empty(), Optional.empty(), Optional.empty(), 40, made)
        .run(done -> {});
  }

  private static TokenGrid grid(int[] codes) {
    return new TokenGrid(GREYS, GRID, GRID, 1, codes);
  }

  private static Pixels picture(int[] codes) {
    byte[] rgb = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < rgb.length; i++) {
      int pixel = i / 3;
      rgb[i] = (byte) codes[pixel / SIDE / 2 * GRID + pixel % SIDE / 2];
    }
    return new Pixels(SIDE, SIDE, rgb);
  }

  /** 100 around, 120 in the middle. */
  private static int[] codes() {
    return IntStream.range(0, GRID * GRID)
        .map(place -> List.of(5, 6, 9, 10).contains(place) ? 120 : 100)
        .toArray();
  }

  private static final class Squared extends MadeCorpus {

    Squared() {
      super("squares", SIDE);
    }

    @Override
    public long size(String split) {
      return 40;
    }

    @Override
    public Sample sample(String split, long index) {
      return new Sample(
          split + index,
          picture(codes()),
          List.of("a dog", "a dog in the snow", "snow"),
          List.of(),
          List.of("dog"));
    }
  }

  private abstract static class Operator {
    public Codebook codebook() {
      return GREYS;
    }

    public void close() {}
  }

  private static final class Greys extends Operator implements Tokenizer {
    @Override
    public List<Tokenized> apply(List<Pixels> batch) {
      return batch.stream().map(picture -> new Tokenized(grid(codes()), 0)).toList();
    }

    @Override
    public int width() {
      return SIDE;
    }

    @Override
    public int height() {
      return SIDE;
    }
  }

  private static final class Squares extends Operator implements Reconstructor {
    @Override
    public List<Pixels> apply(List<TokenGrid> batch) {
      return batch.stream().map(grid -> picture(grid.codes())).toList();
    }
  }

  private static final class Namer extends Operator implements Captioner {
    @Override
    public List<CaptionResult> apply(List<TokenGrid> batch) {
      return batch.stream()
          .map(grid -> grid.codes()[0] % 2 == 0 ? "a dog" : "a cat")
          .map(text -> new CaptionResult(new CaptionResult.Scored(text, -1), List.of()))
          .toList();
    }
  }

  private final class ByParity extends Operator implements Painter {
    @Override
    public List<PaintResult> apply(List<PaintRequest> batch) {
      asked.addAll(batch);
      return batch.stream()
          .map(
              request -> {
                int[] codes = new int[GRID * GRID];
                Arrays.fill(codes, (int) request.seed());
                return new PaintResult(grid(codes), -1);
              })
          .toList();
    }
  }

  /** Brightens what is missing. */
  private static final class FillerOff extends Operator implements Completer {
    @Override
    public List<CompleteResult> apply(List<CompleteRequest> batch) {
      return batch.stream()
          .map(
              request -> {
                int[] codes = request.tokens().codes().clone();
                request.holes().indices().forEach(place -> codes[place] += OFF);
                return new CompleteResult(grid(codes), -1);
              })
          .toList();
    }
  }
}
