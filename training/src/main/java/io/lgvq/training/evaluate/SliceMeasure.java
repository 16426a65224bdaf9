package io.lgvq.training.evaluate;

import io.lgvq.operators.answer.AnswerRequest;
import io.lgvq.operators.answer.AnswerResult;
import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.tokenize.Tokenized;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import io.lgvq.training.estimate.Estimate;
import io.lgvq.training.evaluate.language.LanguageMeasure;
import io.lgvq.training.text.TextEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private final long[] codes;
  private final AnswerMeasure answers = new AnswerMeasure();
  private final AnswerMeasure majority = new AnswerMeasure();
  private final AnswerMeasure blind = new AnswerMeasure();
  private final Shares sure = new Shares();
  private final Shares rightWhenSure = new Shares();
  private final CaptionMeasure captions = new CaptionMeasure();
  private final CaptionMeasure nearest = new CaptionMeasure();
  private final CaptionMeasure random = new CaptionMeasure();
  private int images;
  private boolean objects;

  SliceMeasure(
      Served served, Optional<Served> blind, Optional<TextEncoder> text, TrainingSample training) {
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
    this.training = training;
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
      objects |= !sample.objects().isEmpty();
      captions.add(sample.objects(), results.get(i).best().text());
      nearest.add(sample.objects(), training.nearestCaption(sample.pixels()));
      random.add(sample.objects(), training.randomCaption());
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
      int to = at + questions.size();
      List<AnswerResult> own = seeing.subList(at, to);
      answers.add(questions, texts(own));
      majority.add(
          questions,
          questions.stream().map(question -> training.majority(question.type())).toList());
      if (guessed.isPresent()) {
        blind.add(questions, texts(guessed.get().subList(at, to)));
      }
      countSure(questions, own);
      at = to;
    }
  }

  private void countSure(List<QuestionAnswer> questions, List<AnswerResult> results) {
    int sureHere = 0;
    int rightHere = 0;
    for (int i = 0; i < questions.size(); i++) {
      AnswerResult result = results.get(i);
      sureHere += result.sure() ? 1 : 0;
      rightHere += result.sure() && result.best().text().equals(questions.get(i).answer()) ? 1 : 0;
    }
    sure.add(sureHere, questions.size());
    rightWhenSure.add(rightHere, sureHere);
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

  private static List<String> texts(List<AnswerResult> results) {
    return results.stream().map(result -> result.best().text()).toList();
  }

  /** The grid that the head without images was trained on: code 0 everywhere. */
  private static TokenGrid blank(TokenGrid grid, Answerer head) {
    return new TokenGrid(
        head.codebook(), grid.height(), grid.width(), grid.depth(), new int[grid.codes().length]);
  }

  Report.Slice result() {
    return new Report.Slice(
        images,
        reconstruction.estimate(),
        CodebookUse.of(codes),
        answers.asked().isEmpty() ? Optional.empty() : Optional.of(answerResult()),
        objects ? Optional.of(captionResult()) : Optional.empty(),
        language.flatMap(LanguageMeasure::result));
  }

  private Report.Answers answerResult() {
    Map<String, Estimate> right = answers.byType();
    Map<String, Estimate> frequent = majority.byType();
    Map<String, Estimate> guessed = blind.byType();
    Map<String, Report.Type> types = new LinkedHashMap<>();
    answers
        .asked()
        .forEach(
            (type, asked) ->
                types.put(
                    type,
                    new Report.Type(
                        asked,
                        right.get(type),
                        frequent.get(type).value(),
                        Optional.ofNullable(guessed.get(type)).map(Estimate::value))));
    return new Report.Answers(
        answers.weighted(),
        types,
        sure.share(),
        rightWhenSure.share(),
        majority.weighted(),
        guessed.isEmpty() ? Optional.empty() : Optional.of(blind.weighted()));
  }

  private Report.Captions captionResult() {
    return new Report.Captions(
        captions.named(), captions.truthful(), captions.length(), nearest.named(), random.named());
  }
}
