package io.lgvq.training.head;

import io.lgvq.operators.bundle.Sha256;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.loop.Bars;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/**
 * The splits of a corpus as codes of one frozen tokenizer. Each is made when it is first asked for,
 * and kept: in memory, and in the folder of the run for when it goes on ({@code SPLIT.tokens}).
 *
 * <p>Threading: one thread.
 */
public final class TokenizedSplits {

  /** The split that is learnt from. */
  public static final String TRAIN = "train";

  /** The split that is held out of training and chooses its settings. */
  public static final String VALIDATION = "validation";

  private final Corpus corpus;
  private final String codebook;
  private final ImageCodes codes;
  private final Path folder;
  private final Map<String, List<TokenizedSample>> known = new HashMap<>();

  /**
   * @param codes what the tokenizer makes of pictures
   * @param folder of the run; must exist
   */
  public TokenizedSplits(Corpus corpus, TokenizerFiles tokenizer, ImageCodes codes, Path folder) {
    this.corpus = corpus;
    this.codebook = Sha256.of(tokenizer.codebook());
    this.codes = codes;
    this.folder = folder;
  }

  /** What all samples are made of, as text: corpus and codebook. */
  public String origin() {
    return "%s, codebook %s".formatted(corpus.name(), codebook);
  }

  /**
   * The first samples of a split.
   *
   * @param wanted as many, or all if there are fewer
   */
  public List<TokenizedSample> samples(String split, int wanted) throws IOException {
    int count = (int) Math.min(wanted, corpus.size(split));
    List<TokenizedSample> some = known.get(split);
    if (some == null || some.size() < count) {
      some = keptOrMade(split, count);
      known.put(split, some);
    }
    return some.subList(0, count);
  }

  private List<TokenizedSample> keptOrMade(String split, int count) throws IOException {
    String origin = "%s, %s, codebook %s".formatted(corpus.name(), split, codebook);
    TokenFile file = new TokenFile(folder.resolve(split + ".tokens"), origin);
    Optional<List<TokenizedSample>> kept = file.read(count);
    if (kept.isPresent()) {
      return kept.get();
    }
    List<TokenizedSample> made = made(split, count);
    file.write(made);
    return made;
  }

  private List<TokenizedSample> made(String split, int count) {
    try (ProgressBar bar = Bars.of("tokens of " + split, 0, count)) {
      return codes.tokenize(corpus, split, count, bar::stepBy);
    }
  }
}
