package io.lgvq.training.alignment;

import io.lgvq.training.text.TextEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads captions with a text encoder.
 *
 * <p>Threading: as safe as its encoder. Owns nothing.
 *
 * @param encoder frozen
 * @param lexicon the words that are known
 * @param captionLength longest caption in word pieces; what is longer is cut
 */
public record CaptionReader(TextEncoder encoder, Lexicon lexicon, int captionLength) {

  /**
   * A reader that knows the words of some captions.
   *
   * @param captions may repeat
   */
  public static CaptionReader of(TextEncoder encoder, Stream<String> captions, int captionLength) {
    Map<Integer, Long> pieces = new TreeMap<>();
    captions
        .distinct()
        .flatMapToInt(caption -> Arrays.stream(encoder.tokens(caption)))
        .forEach(piece -> pieces.merge(piece, 1L, Long::sum));
    Set<Integer> content =
        pieces.keySet().stream()
            .filter(encoder::contentWord)
            .collect(Collectors.toCollection(TreeSet::new));
    Lexicon lexicon = new Lexicon(pieces, content, piece -> encoder.rows(piece)[0]);
    return new CaptionReader(encoder, lexicon, captionLength);
  }

  /** Words and global features of some captions. */
  public CaptionText read(List<String> captions) {
    float[] whole = new float[captions.size() * encoder.dimension()];
    List<float[]> sentences = encoder.sentences(captions);
    for (int i = 0; i < captions.size(); i++) {
      float[] sentence = sentences.get(i);
      System.arraycopy(sentence, 0, whole, i * sentence.length, sentence.length);
    }
    return new CaptionText(words(captions), whole);
  }

  /** Words alone, for losses that ask for no more; the costly features are left out. */
  public CaptionText readWords(List<String> captions) {
    return new CaptionText(words(captions), new float[0]);
  }

  private int[][] words(List<String> captions) {
    return captions.stream()
        .map(caption -> lexicon.encode(encoder.tokens(caption), captionLength))
        .toArray(int[][]::new);
  }
}
