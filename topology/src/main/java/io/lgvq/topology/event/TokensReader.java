package io.lgvq.topology.event;

import static io.lgvq.topology.deadletter.DeadLetterReason.TOKENS_FOREIGN_CODEBOOK;
import static io.lgvq.topology.deadletter.DeadLetterReason.TOKENS_INVALID;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.tokenize.Tokenized;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.deadletter.Verdict;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Token records for a head: reads them, and refuses codes that the head was not trained on.
 *
 * <p>Digests are compared, not names: the same vectors under a new version number are the same
 * codebook.
 */
public final class TokensReader {

  private final EventReader<ImageTokens> events;
  private final Codebook codebook;

  /**
   * @param codebook of the head
   */
  public TokensReader(Deserializer<ImageTokens> deserializer, Codebook codebook) {
    this.events = new EventReader<>(deserializer, ImageTokens::getImageId);
    this.codebook = codebook;
  }

  /** The grid of a record that arrived. */
  public Verdict<TokenGrid> read(Arrival arrival) {
    return events.read(arrival).then(this::grid);
  }

  /** The grid of a record that arrived, and how well its codes fit the image. */
  public Verdict<Tokenized> readTokenized(Arrival arrival) {
    return events
        .read(arrival)
        .then(
            tokens ->
                error(tokens)
                    .then(
                        error ->
                            grid(tokens)
                                .then(grid -> Verdict.accepted(new Tokenized(grid, error)))));
  }

  private static Verdict<Float> error(ImageTokens tokens) {
    float error = tokens.getQuantizationError();
    return error >= 0 && Float.isFinite(error)
        ? Verdict.accepted(error)
        : Verdict.rejected(
            TOKENS_INVALID, "the quantization error must be at least 0 but is " + error);
  }

  private Verdict<TokenGrid> grid(ImageTokens tokens) {
    String digest = tokens.getCodebook().getDigest();
    if (!digest.equals(codebook.digest())) {
      return Verdict.rejected(
          TOKENS_FOREIGN_CODEBOOK,
          "the tokens are of codebook %s %s (%s), the stage reads %s %s (%s)"
              .formatted(
                  tokens.getCodebook().getName(),
                  tokens.getCodebook().getVersion(),
                  digest,
                  codebook.name(),
                  codebook.version(),
                  codebook.digest()));
    }
    int[] codes = tokens.getCodes().stream().mapToInt(Integer::intValue).toArray();
    try {
      return Verdict.accepted(
          new TokenGrid(codebook, tokens.getHeight(), tokens.getWidth(), tokens.getDepth(), codes));
    } catch (IllegalArgumentException e) {
      return Verdict.rejected(TOKENS_INVALID, e);
    }
  }
}
