package io.lgvq.topology.stage;

import io.lgvq.operators.Operator;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.batch.BatchJob;
import io.lgvq.topology.deadletter.DeadLetterReason;
import io.lgvq.topology.deadletter.Verdict;
import io.lgvq.topology.event.TokensReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What every head does that reads codes and nothing else.
 *
 * @param <O> what its operator makes of a grid
 * @param <V> the event of it
 */
abstract class TokensJob<O, V> implements BatchJob<TokensJob.Image, V> {

  /** One image as codes. */
  record Image(String id, TokenGrid grid) {}

  private final TokensReader reader;
  private final Operator<TokenGrid, O> operator;
  private final Codebook codebook;

  TokensJob(TokensReader reader, Operator<TokenGrid, O> operator, Codebook codebook) {
    this.reader = reader;
    this.operator = operator;
    this.codebook = codebook;
  }

  /** The event of one image. */
  abstract V event(String imageId, O result, Instant now);

  /** The codebook of the bundle, whose name and version are the bundle's. */
  final Codebook codebook() {
    return codebook;
  }

  @Override
  public final Verdict<Image> read(Arrival arrival) {
    return reader
        .read(arrival)
        .then(
            grid ->
                Verdict.accepted(
                    // The key is the image id, as the reader has checked.
                    new Image(new String(arrival.key(), StandardCharsets.UTF_8), grid)));
  }

  @Override
  public final List<V> run(List<Image> images, Instant now) {
    List<O> results = operator.apply(images.stream().map(Image::grid).toList());
    return IntStream.range(0, results.size())
        .mapToObj(i -> event(images.get(i).id(), results.get(i), now))
        .toList();
  }

  @Override
  public final DeadLetterReason refusal() {
    return DeadLetterReason.TOKENS_INVALID;
  }
}
