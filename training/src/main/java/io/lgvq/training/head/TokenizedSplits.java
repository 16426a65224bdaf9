package io.lgvq.training.head;

import io.lgvq.operators.bundle.Sha256;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.loop.Bars;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/**
 * The tokens of a corpus, made once and kept in the folder of a run ({@code train.tokens}, {@code
 * validation.tokens}), so that everything that learns from tokens reads the same ones.
 *
 * <p>Threading: one thread.
 */
public final class TokenizedSplits {

  /** The split that is learnt from. */
  public static final String TRAIN = "train";

  /** The split that is held out of training and chooses its settings. */
  public static final String VALIDATION = "validation";

  private final Corpus corpus;
  private final ImageCodes codes;
  private final TokenizerFiles tokenizer;
  private final Path folder;

  /**
   * @param codes what the tokenizer makes of pictures
   * @param tokenizer whose codebook tells whether kept tokens are still of use
   * @param folder of the run
   */
  public TokenizedSplits(Corpus corpus, ImageCodes codes, TokenizerFiles tokenizer, Path folder) {
    this.corpus = corpus;
    this.codes = codes;
    this.tokenizer = tokenizer;
    this.folder = folder;
  }

  /**
   * The first samples of a split, tokenized now or when this run was here before.
   *
   * @param wanted how many, if the split has as many
   */
  public List<TokenizedSample> samples(String split, int wanted) throws IOException {
    int count = (int) Math.min(wanted, corpus.size(split));
    String origin =
        "%s, %s, %d samples, codebook %s"
            .formatted(corpus.name(), split, count, Sha256.of(tokenizer.codebook()));
    TokenFile file = new TokenFile(folder.resolve(split + ".tokens"), origin);
    Optional<List<TokenizedSample>> kept = file.read();
    if (kept.isPresent()) {
      return kept.get();
    }
    List<TokenizedSample> made = tokenized(split, count);
    file.write(made);
    return made;
  }

  private List<TokenizedSample> tokenized(String split, int count) {
    try (ProgressBar bar = Bars.of("tokens of " + split, 0, count)) {
      return codes.tokenize(corpus, split, count, bar::stepBy);
    }
  }
}
