package io.lgvq.topology.event;

import static io.lgvq.topology.deadletter.DeadLetterReason.TOKENS_FOREIGN_CODEBOOK;
import static io.lgvq.topology.deadletter.DeadLetterReason.TOKENS_INVALID;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.operators.tokenize.Tokenized;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.deadletter.Verdict;
import io.lgvq.topology.deadletter.Verdict.Rejected;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Token records for a head: reads them, and refuses codes that the head was not trained on.
 *
 * <p>Digests are compared, not names: the same vectors under a new version number are the same
 * codebook. While a new bundle is rolled out, the codes of both are read.
 */
public final class TokensReader {

  private final EventReader<ImageTokens> events;
  private final Rollout rollout;

  /**
   * @param rollout whose codebooks the head reads
   */
  public TokensReader(Deserializer<ImageTokens> deserializer, Rollout rollout) {
    this.events = new EventReader<>(deserializer, ImageTokens::getImageId);
    this.rollout = rollout;
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
    Optional<Codebook> codebook = rollout.codebook(digest);
    if (codebook.isEmpty()) {
      return foreign(
          tokens.getCodebook().getName(), tokens.getCodebook().getVersion(), digest, rollout);
    }
    int[] codes = tokens.getCodes().stream().mapToInt(Integer::intValue).toArray();
    try {
      return Verdict.accepted(
          new TokenGrid(
              codebook.get(), tokens.getHeight(), tokens.getWidth(), tokens.getDepth(), codes));
    } catch (IllegalArgumentException e) {
      return Verdict.rejected(TOKENS_INVALID, e);
    }
  }

  /** Tokens whose codebook is not loaded, or no longer. */
  public static Rejected<TokenGrid> foreign(TokenGrid grid, Rollout rollout) {
    Codebook codebook = grid.codebook();
    return foreign(codebook.name(), codebook.version(), codebook.digest(), rollout);
  }

  private static Rejected<TokenGrid> foreign(
      String name, String version, String digest, Rollout rollout) {
    String loaded =
        rollout.codebooks().stream()
            .map(each -> "%s %s (%s)".formatted(each.name(), each.version(), each.digest()))
            .collect(Collectors.joining(" and "));
    return new Rejected<>(
        TOKENS_FOREIGN_CODEBOOK,
        "the tokens are of codebook %s %s (%s), the stage reads %s"
            .formatted(name, version, digest, loaded),
        Optional.empty());
  }
}
