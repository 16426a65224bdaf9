package io.lgvq.operators.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import io.lgvq.operators.Operator;
import io.lgvq.operators.TestBundle;
import io.lgvq.operators.answer.AnswerRequest;
import io.lgvq.operators.answer.AnswerResult;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.caption.CaptionResult;
import io.lgvq.operators.caption.CaptionSearch;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.tokenize.Tokenized;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operators on a real bundle. */
class BundleOperatorsTest {

  private static final long SEED = 11;

  private static BundleOperators operators;
  private static List<Pixels> pictures;
  private static List<TokenGrid> grids;

  @BeforeAll
  static void open() {
    operators = TestBundle.operators();
    pictures = TestBundle.pictures(40, SEED);
    try (var tokenizer = operators.tokenizer()) {
      grids = tokenizer.apply(pictures).stream().map(Tokenized::grid).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 32, 40})
  void shouldGiveSameCodesAtAnyBatchSize(int batch) {
    try (var tokenizer = operators.tokenizer()) {
      assertThat(inBatches(tokenizer, pictures, batch).stream().map(Tokenized::grid))
          .containsExactlyElementsOf(grids);
    }
  }

  @Test
  void shouldGiveCodesOfBundlesCodebook() {
    assertThat(grids).allMatch(grid -> grid.codebook().equals(operators.bundle().codebook()));
    assertThat(grids.stream().distinct().count()).as("different pictures").isGreaterThan(1);
  }

  @Test
  void shouldGiveWhatRawEngineGives() throws Exception {
    var image = operators.bundle().manifest().image();
    int size = image.width() * image.height();
    FloatBuffer planes = FloatBuffer.allocate(3 * size);
    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < size; i++) {
        float value = (pictures.get(0).rgb()[3 * i + channel] & 0xff) / 255f;
        planes.put((value - image.mean().get(channel)) / image.deviation().get(channel));
      }
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {1, 3, image.height(), image.width()};
    try (var session = environment.createSession(operators.bundle().graph(Graph.ENCODER));
        var input = OnnxTensor.createTensor(environment, planes.flip(), shape);
        var output = session.run(Map.of("pixels", input));
        var tokenizer = operators.tokenizer()) {
      int[][] codes = (int[][]) output.get("codes").orElseThrow().getValue();
      float[] error = (float[]) output.get("error").orElseThrow().getValue();

      Tokenized tokenized = tokenizer.apply(pictures.subList(0, 1)).get(0);
      assertThat(tokenized.grid().codes()).isEqualTo(codes[0]);
      assertThat(tokenized.quantizationError()).isCloseTo(error[0], within(1e-5f));
    }
  }

  @Test
  void shouldServeSeveralThreadsAtOnce() throws Exception {
    var threads = Executors.newFixedThreadPool(4);
    try (var tokenizer = operators.tokenizer()) {
      List<Future<List<TokenGrid>>> results = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        int batch = 1 + i % 7;
        results.add(
            threads.submit(
                () ->
                    inBatches(tokenizer, pictures, batch).stream().map(Tokenized::grid).toList()));
      }
      for (Future<List<TokenGrid>> result : results) {
        assertThat(result.get()).isEqualTo(grids);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void shouldReconstructAlikeAtAnyBatchSize() {
    try (var reconstructor = operators.reconstructor()) {
      List<Pixels> single = inBatches(reconstructor, grids, 1);
      List<Pixels> together = inBatches(reconstructor, grids, 40);

      for (int i = 0; i < grids.size(); i++) {
        assertThat(single.get(i).width()).isEqualTo(operators.bundle().manifest().image().width());
        byte[] left = single.get(i).rgb();
        byte[] right = together.get(i).rgb();
        for (int at = 0; at < left.length; at++) {
          // Sums may be rounded in another order, so a value on the edge may fall to either side.
          assertThat(Math.abs((left[at] & 0xff) - (right[at] & 0xff))).isLessThanOrEqualTo(1);
        }
      }
    }
  }

  @Test
  void shouldCaptionAlikeAtAnyBatchSize() {
    try (var captioner = operators.captioner(CaptionSearch.beam(3))) {
      List<CaptionResult> single = inBatches(captioner, grids, 1);
      List<CaptionResult> together = inBatches(captioner, grids, 40);

      for (int i = 0; i < grids.size(); i++) {
        assertThat(together.get(i).best().text()).isEqualTo(single.get(i).best().text());
        assertThat(together.get(i).best().logProbability())
            .isCloseTo(single.get(i).best().logProbability(), within(1e-3f));
      }
    }
  }

  @Test
  void shouldNameAlternativesOfBeam() {
    try (var captioner = operators.captioner(CaptionSearch.beam(4))) {
      for (CaptionResult result : captioner.apply(grids)) {
        assertThat(result.best().text()).isNotBlank();
        assertThat(result.best().logProbability()).isLessThanOrEqualTo(0);
        assertThat(result.alternatives()).isNotEmpty().hasSizeLessThanOrEqualTo(3);
        assertThat(result.alternatives().stream().map(CaptionResult.Scored::text))
            .doesNotHaveDuplicates()
            .doesNotContain(result.best().text());
      }
    }
  }

  @Test
  void shouldNameNoAlternativesWhenGreedy() {
    try (var captioner = operators.captioner(CaptionSearch.greedy())) {
      assertThat(captioner.apply(grids)).allMatch(result -> result.alternatives().isEmpty());
    }
  }

  @Test
  void shouldAnswerAlikeAtAnyBatchSizeAndRankAlternatives() {
    List<AnswerRequest> requests =
        grids.stream().map(grid -> new AnswerRequest(grid, "what is this")).toList();
    float threshold = operators.bundle().manifest().answerThreshold();
    try (var answerer = operators.answerer(2)) {
      List<AnswerResult> single = inBatches(answerer, requests, 1);
      List<AnswerResult> together = inBatches(answerer, requests, 40);

      for (int i = 0; i < requests.size(); i++) {
        AnswerResult result = together.get(i);
        assertThat(result.best().probability())
            .isBetween(0f, 1f)
            .isCloseTo(single.get(i).best().probability(), within(1e-4f));
        assertThat(result.sure()).isEqualTo(result.best().probability() >= threshold);
        assertThat(result.alternatives()).hasSize(2);
        assertThat(result.alternatives().get(0).probability())
            .isBetween(result.alternatives().get(1).probability(), result.best().probability());
      }
    }
  }

  @Test
  void shouldRefuseTokensOfAnotherCodebook() {
    Codebook own = operators.bundle().codebook();
    Codebook foreign = new Codebook(own.name(), own.version(), "0".repeat(64), own.size());
    TokenGrid grid = grids.get(0);
    TokenGrid stranger =
        new TokenGrid(foreign, grid.height(), grid.width(), grid.depth(), grid.codes());

    try (var reconstructor = operators.reconstructor();
        var captioner = operators.captioner(CaptionSearch.greedy());
        var answerer = operators.answerer(0)) {
      assertRefused(() -> reconstructor.apply(List.of(stranger)));
      assertRefused(() -> captioner.apply(List.of(stranger)));
      assertRefused(() -> answerer.apply(List.of(new AnswerRequest(stranger, "what"))));
    }
  }

  @Test
  void shouldRefusePictureOfAnotherSize() {
    try (var tokenizer = operators.tokenizer()) {
      assertThatThrownBy(() -> tokenizer.apply(List.of(new Pixels(1, 1, new byte[3]))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("a picture of 1 x 1 came to a tokenizer of");
    }
  }

  @Test
  void shouldVerifyEveryGraph() {
    operators.verify();
  }

  @Test
  void shouldCloseTwiceAndThenRefuseWork() {
    var tokenizer = operators.tokenizer();
    tokenizer.close();
    tokenizer.close();

    assertThatThrownBy(() -> tokenizer.apply(pictures))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("is closed");
  }

  private static void assertRefused(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("tokens of codebook");
  }

  private static <I, O> List<O> inBatches(Operator<I, O> operator, List<I> inputs, int batch) {
    List<O> outputs = new ArrayList<>();
    for (int from = 0; from < inputs.size(); from += batch) {
      outputs.addAll(operator.apply(inputs.subList(from, Math.min(inputs.size(), from + batch))));
    }
    return outputs;
  }
}
