package io.lgvq.training.evaluate.language;

import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.text.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures the agreement with language on one split, batch by batch; of each image its first
 * caption is taken.
 *
 * <p>Threading: one thread. Owns nothing.
 */
public final class LanguageMeasure {

  private static final int MANY = 3;
  private static final int MOST_WORDS = 8;

  private final LanguageProbe probe;
  private final Optional<HiddenWordReader> blind;
  private final TextEncoder encoder;
  private final BundleLexicon lexicon;
  private final Retrieval retrieval = new Retrieval();
  private final LikenessMeasure likeness = new LikenessMeasure();
  private final HiddenWordMeasure one = new HiddenWordMeasure(1);
  private final HiddenWordMeasure oneBlind = new HiddenWordMeasure(1);
  private final HiddenWordMeasure many = new HiddenWordMeasure(MANY);
  private final HiddenWordMeasure manyBlind = new HiddenWordMeasure(MANY);
  private long images;

  /**
   * @param blind the same that never saw an image, for comparison
   * @param encoder the one that the bundle names
   * @throws IllegalArgumentException if it is another
   */
  public LanguageMeasure(
      LanguageProbe probe, Optional<HiddenWordReader> blind, TextEncoder encoder) {
    if (!encoder.digest().equals(probe.language().digest())) {
      throw new IllegalArgumentException(
          "the bundle was made with the text encoder %s (%.12s), and this one is %.12s"
              .formatted(probe.language().encoder(), probe.language().digest(), encoder.digest()));
    }
    this.probe = probe;
    this.blind = blind;
    this.encoder = encoder;
    this.lexicon = new BundleLexicon(encoder, probe.pieces());
  }

  /** Measures some more images; those without captions are passed over. */
  public void add(List<Sample> samples, List<TokenGrid> grids) {
    List<TokenGrid> told = new ArrayList<>();
    List<String> captions = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      if (!samples.get(i).captions().isEmpty()) {
        told.add(grids.get(i));
        captions.add(samples.get(i).captions().get(0));
      }
    }
    if (told.isEmpty()) {
      return;
    }
    List<float[]> seen = probe.embed(told);
    List<float[]> read = encoder.sentences(captions);
    List<Places> places = probe.places(told);
    for (int i = 0; i < told.size(); i++) {
      retrieval.add(seen.get(i), read.get(i));
      likeness.add(words(captions.get(i)), places.get(i));
    }
    hide(one, oneBlind, told, captions);
    hide(many, manyBlind, told, captions);
    images += told.size();
  }

  private List<float[]> words(String caption) {
    int length = probe.language().captionLength();
    int[] words = lexicon.encode(caption, length);
    return lexicon.contentPositions(caption, length).stream()
        .map(position -> words[position])
        .distinct()
        .limit(MOST_WORDS)
        .map(lexicon::centred)
        .toList();
  }

  private void hide(
      HiddenWordMeasure seeing,
      HiddenWordMeasure notSeeing,
      List<TokenGrid> grids,
      List<String> captions) {
    int length = probe.language().captionLength();
    List<HiddenWordQuery> queries = new ArrayList<>();
    for (int i = 0; i < grids.size(); i++) {
      String caption = captions.get(i);
      queries.addAll(
          seeing.queries(
              grids.get(i),
              lexicon.encode(caption, length),
              lexicon.contentPositions(caption, length),
              images + i));
    }
    seeing.add(queries, probe.hiddenWords().tell(queries));
    blind.ifPresent(
        other ->
            notSeeing.add(
                queries, other.tell(queries.stream().map(HiddenWordQuery::blank).toList())));
  }

  /** What was found; empty if no image had a caption. */
  public Optional<LanguageResult> result() {
    return retrieval.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LanguageResult(
                retrieval.textToImage(),
                retrieval.imageToText(),
                one.estimate(),
                blind.map(other -> oneBlind.estimate()),
                many.estimate(),
                blind.map(other -> manyBlind.estimate()),
                likeness.estimate(),
                likeness.constant()));
  }
}
