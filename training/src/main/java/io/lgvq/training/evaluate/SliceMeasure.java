package io.lgvq.training.evaluate;

import io.lgvq.operators.answer.AnswerRequest;
import io.lgvq.operators.answer.AnswerResult;
import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.tokenize.Tokenized;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import io.lgvq.training.evaluate.frechet.FrechetMeasure;
import io.lgvq.training.evaluate.language.LanguageMeasure;
import io.lgvq.training.evaluate.wordnet.WuPalmer;
import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.text.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Everything that is measured on one split, batch by batch.
 *
 * <p>Threading: one thread.
 */
final class SliceMeasure {

  private final Served served;
  private final Optional<Answerer> questionOnly;
  private final Optional<LanguageMeasure> language;
  private final TrainingSample training;

  private final ReconstructionMeasure reconstruction = new ReconstructionMeasure();
  private final Optional<FrechetMeasure> frechet;
  private final long[] codes;
  private final AnswerComparison answers;
  private final CaptionMeasure captions = new CaptionMeasure();
  private final CaptionMeasure nearest = new CaptionMeasure();
  private final CaptionMeasure random = new CaptionMeasure();
  private int images;

  SliceMeasure(
      Served served,
      Optional<Served> blind,
      Optional<TextEncoder> text,
      Optional<MobileNet> eye,
      TrainingSample training,
      WuPalmer words) {
    this.served = served;
    this.questionOnly = blind.flatMap(Served::answerer);
    this.language =
        text.flatMap(
            encoder ->
                served
                    .probe()
                    .map(
                        probe ->
                            new LanguageMeasure(
                                probe, blind.flatMap(Served::hiddenWords), encoder)));
    this.frechet = eye.map(FrechetMeasure::new);
    this.training = training;
    this.answers = new AnswerComparison(words);
    this.codes = new long[served.tokenizer().codebook().size()];
  }

  /** Measures some more images. */
  void add(List<Sample> samples) {
    List<TokenGrid> grids =
        served.tokenizer().apply(samples.stream().map(Sample::pixels).toList()).stream()
            .map(Tokenized::grid)
            .toList();
    reconstruct(samples, grids);
    caption(samples, grids);
    served.answerer().ifPresent(answerer -> ask(answerer, samples, grids));
    language.ifPresent(measure -> measure.add(samples, grids));
    images += samples.size();
  }

  private void reconstruct(List<Sample> samples, List<TokenGrid> grids) {
    List<Pixels> reconstructed = served.reconstructor().apply(grids);
    frechet.ifPresent(
        measure -> measure.add(samples.stream().map(Sample::pixels).toList(), reconstructed));
    for (int i = 0; i < samples.size(); i++) {
      reconstruction.add(samples.get(i).pixels(), reconstructed.get(i));
      for (int code : grids.get(i).codes()) {
        codes[code]++;
      }
    }
  }

  private void caption(List<Sample> samples, List<TokenGrid> grids) {
    if (served.captioner().isEmpty()) {
      return;
    }
    var results = served.captioner().get().apply(grids);
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      captions.add(sample, results.get(i).best().text());
      nearest.add(sample, training.nearestCaption(sample.pixels()));
      random.add(sample, training.randomCaption());
    }
  }

  private void ask(Answerer answerer, List<Sample> samples, List<TokenGrid> grids) {
    List<AnswerResult> seeing = asked(answerer, samples, grids);
    Optional<List<AnswerResult>> guessed =
        questionOnly.map(
            head -> asked(head, samples, grids.stream().map(grid -> blank(grid, head)).toList()));
    int at = 0;
    for (Sample sample : samples) {
      List<QuestionAnswer> questions = sample.questions();
      int from = at;
      int to = at + questions.size();
      answers.add(
          questions,
          seeing.subList(from, to),
          questions.stream().map(question -> training.majority(question.type())).toList(),
          guessed.map(all -> all.subList(from, to)));
      at = to;
    }
  }

  private static List<AnswerResult> asked(
      Answerer answerer, List<Sample> samples, List<TokenGrid> grids) {
    List<AnswerRequest> requests = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      for (QuestionAnswer question : samples.get(i).questions()) {
        requests.add(new AnswerRequest(grids.get(i), question.question()));
      }
    }
    return requests.isEmpty() ? List.of() : answerer.apply(requests);
  }

  /** The grid that the head without images was trained on: code 0 everywhere. */
  private static TokenGrid blank(TokenGrid grid, Answerer head) {
    return new TokenGrid(
        head.codebook(), grid.height(), grid.width(), grid.depth(), new int[grid.codes().length]);
  }

  /** Adds how often each code occurred. */
  void addCodes(long[] sums) {
    Arrays.setAll(sums, code -> sums[code] + codes[code]);
  }

  Report.Slice result() {
    return new Report.Slice(
        images,
        reconstruction.estimate(),
        frechet.map(FrechetMeasure::result).orElseGet(OptionalDouble::empty),
        CodebookUse.of(codes),
        answers.result(),
        served
            .captioner()
            .map(head -> new Report.Captions(captions.result(), nearest.result(), random.result())),
        language.flatMap(LanguageMeasure::result));
  }
}
