package io.lgvq.topology.stage;

import io.lgvq.operators.Operator;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.rollout.Lease;
import io.lgvq.operators.rollout.LoadedBundle;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.batch.BatchJob;
import io.lgvq.topology.batch.RefusedException;
import io.lgvq.topology.deadletter.DeadLetterReason;
import io.lgvq.topology.deadletter.Verdict;
import io.lgvq.topology.event.TokensReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What every head does that reads codes and nothing else, each grid with the head of its own
 * codebook.
 *
 * @param <O> what its operator makes of a grid
 * @param <V> the event of it
 */
abstract class TokensJob<O, V> implements BatchJob<TokensJob.Image, V> {

  /** One image as codes. */
  record Image(String id, TokenGrid grid) {}

  private final TokensReader reader;
  private final Rollout rollout;
  private final Class<? extends Operator<TokenGrid, O>> head;

  TokensJob(TokensReader reader, Rollout rollout, Class<? extends Operator<TokenGrid, O>> head) {
    this.reader = reader;
    this.rollout = rollout;
    this.head = head;
  }

  /**
   * The event of one image.
   *
   * @param codebook of the bundle, whose name and version are the bundle's
   */
  abstract V event(String imageId, O result, Codebook codebook, Instant now);

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
    try (Lease lease = rollout.lease()) {
      return ByBundle.run(
          images, image -> bundle(image, lease), (bundle, mine) -> run(bundle, mine, now));
    }
  }

  @Override
  public final DeadLetterReason refusal() {
    return DeadLetterReason.TOKENS_INVALID;
  }

  private LoadedBundle bundle(Image image, Lease lease) {
    return lease
        .reading(image.grid().codebook().digest(), image.id())
        // It was loaded when the record was read, and retired while the record was pending.
        .orElseThrow(() -> new RefusedException(TokensReader.foreign(image.grid(), rollout)));
  }

  private List<V> run(LoadedBundle bundle, List<Image> images, Instant now) {
    List<O> results = bundle.operator(head).apply(images.stream().map(Image::grid).toList());
    return IntStream.range(0, results.size())
        .mapToObj(i -> event(images.get(i).id(), results.get(i), bundle.codebook(), now))
        .toList();
  }
}
