package io.lgvq.training.evaluate;

import io.lgvq.operators.answer.AnswerRequest;
import io.lgvq.operators.answer.AnswerResult;
import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.tokenize.Tokenized;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.corpus.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * What a bundle makes of the test splits of a corpus: the one walk over them, whatever is measured
 * on the way.
 *
 * <p>Threading: one thread. Owns nothing.
 */
public final class Outcomes {

  private static final int BATCH = 32;

  private final Corpus corpus;
  private final Served served;
  private final int limit;

  private record Drawn(String split, long index, Sample sample) {}

  /**
   * @param limit most images a split
   */
  public Outcomes(Corpus corpus, Served served, int limit) {
    this.corpus = corpus;
    this.served = served;
    this.limit = limit;
  }

  /** The splits that are measured ({@link Corpus#measured}). */
  public List<String> splits() {
    return corpus.measured();
  }

  /** Images that {@link #read} goes through in all {@link #splits}. */
  public int images() {
    return splits().stream().mapToInt(this::count).sum();
  }

  private int count(String split) {
    return (int) Math.min(limit, corpus.size(split));
  }

  /**
   * Goes through a split.
   *
   * @param wanted whether to look at a sample at all
   * @param measure gets one batch after the other, in order, none of them empty
   * @param progress hears how many images were done since it last heard
   */
  public void read(
      String split,
      Predicate<Sample> wanted,
      Consumer<List<Outcome>> measure,
      IntConsumer progress) {
    int count = count(split);
    for (int from = 0; from < count; from += BATCH) {
      int to = Math.min(count, from + BATCH);
      List<Drawn> drawn =
          LongStream.range(from, to)
              .mapToObj(index -> drawn(split, index))
              .filter(one -> wanted.test(one.sample()))
              .toList();
      if (!drawn.isEmpty()) {
        measure.accept(of(drawn));
      }
      progress.accept(to - from);
    }
  }

  /** Of one image. */
  public Outcome at(String split, long index) {
    return of(List.of(drawn(split, index))).get(0);
  }

  private Drawn drawn(String split, long index) {
    return new Drawn(split, index, corpus.sample(split, index));
  }

  private List<Outcome> of(List<Drawn> drawn) {
    List<Sample> samples = drawn.stream().map(Drawn::sample).toList();
    List<TokenGrid> grids =
        served.tokenizer().apply(samples.stream().map(Sample::pixels).toList()).stream()
            .map(Tokenized::grid)
            .toList();
    List<Pixels> reconstructed = served.reconstructor().apply(grids);
    List<Optional<String>> captions = captions(grids);
    List<List<AnswerResult>> answers =
        served
            .answerer()
            .map(answerer -> answers(answerer, samples, grids))
            .orElseGet(() -> samples.stream().map(sample -> List.<AnswerResult>of()).toList());
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      outcomes.add(
          new Outcome(
              drawn.get(i).split(),
              drawn.get(i).index(),
              samples.get(i),
              grids.get(i),
              reconstructed.get(i),
              captions.get(i),
              answers.get(i)));
    }
    return outcomes;
  }

  private List<Optional<String>> captions(List<TokenGrid> grids) {
    return served
        .captioner()
        .map(
            captioner ->
                captioner.apply(grids).stream().map(said -> Optional.of(said.best().text())))
        .orElseGet(() -> grids.stream().map(grid -> Optional.empty()))
        .toList();
  }

  /** What an answer head says to all that is asked of some images, image by image. */
  static List<List<AnswerResult>> answers(
      Answerer answerer, List<Sample> samples, List<TokenGrid> grids) {
    List<AnswerRequest> requests = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      for (Sample.QuestionAnswer question : samples.get(i).questions()) {
        requests.add(new AnswerRequest(grids.get(i), question.question()));
      }
    }
    List<AnswerResult> results = requests.isEmpty() ? List.of() : answerer.apply(requests);
    List<List<AnswerResult>> split = new ArrayList<>();
    int at = 0;
    for (Sample sample : samples) {
      split.add(results.subList(at, at + sample.questions().size()));
      at += sample.questions().size();
    }
    return split;
  }
}
