package io.lgvq.training.evaluate;

import io.lgvq.operators.answer.AnswerResult;
import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import io.lgvq.training.evaluate.frechet.FrechetMeasure;
import io.lgvq.training.evaluate.language.LanguageMeasure;
import io.lgvq.training.evaluate.wordnet.WuPalmer;
import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.text.TextEncoder;
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
  private final Optional<PaintMeasure> painted;
  private final Optional<CompleteMeasure> completed;
  private final int made;
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
      WuPalmer words,
      int made) {
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
    boolean making = made > 0;
    this.painted =
        served.painter().filter(head -> making).map(head -> new PaintMeasure(head, served, eye));
    this.completed =
        served
            .completer()
            .filter(head -> making)
            .map(head -> new CompleteMeasure(head, served, eye));
    this.made = made;
    this.training = training;
    this.answers = new AnswerComparison(words);
    this.codes = new long[served.tokenizer().codebook().size()];
  }

  /** Measures some more images. */
  void add(List<Outcome> outcomes) {
    outcomes.forEach(this::reconstruct);
    frechet.ifPresent(
        measure ->
            measure.add(
                outcomes.stream().map(outcome -> outcome.sample().pixels()).toList(),
                outcomes.stream().map(Outcome::reconstruction).toList()));
    outcomes.forEach(this::caption);
    if (served.answerer().isPresent()) {
      ask(outcomes);
    }
    List<TokenGrid> grids = outcomes.stream().map(Outcome::grid).toList();
    language.ifPresent(measure -> measure.add(samples(outcomes), grids));
    make(outcomes.subList(0, Math.max(0, Math.min(outcomes.size(), made - images))));
    images += outcomes.size();
  }

  private void make(List<Outcome> first) {
    if (!first.isEmpty()) {
      painted.ifPresent(measure -> measure.add(first));
      completed.ifPresent(measure -> measure.add(first));
    }
  }

  private void reconstruct(Outcome outcome) {
    reconstruction.add(outcome.psnr());
    for (int code : outcome.grid().codes()) {
      codes[code]++;
    }
  }

  private void caption(Outcome outcome) {
    if (outcome.caption().isPresent()) {
      Sample sample = outcome.sample();
      captions.add(sample, outcome.caption().get());
      nearest.add(sample, training.nearestCaption(sample.pixels()));
      random.add(sample, training.randomCaption());
    }
  }

  private void ask(List<Outcome> outcomes) {
    Optional<List<List<AnswerResult>>> guessed =
        questionOnly.map(
            head ->
                Outcomes.answers(
                    head,
                    samples(outcomes),
                    outcomes.stream().map(outcome -> blank(outcome.grid(), head)).toList()));
    for (int i = 0; i < outcomes.size(); i++) {
      int image = i;
      List<QuestionAnswer> questions = outcomes.get(i).sample().questions();
      answers.add(
          questions,
          outcomes.get(i).answers(),
          questions.stream().map(question -> training.majority(question.type())).toList(),
          guessed.map(all -> all.get(image)));
    }
  }

  private static List<Sample> samples(List<Outcome> outcomes) {
    return outcomes.stream().map(Outcome::sample).toList();
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
        language.flatMap(LanguageMeasure::result),
        painted.map(PaintMeasure::result),
        completed.map(CompleteMeasure::result));
  }
}
