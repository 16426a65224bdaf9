package io.lgvq.operators.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bundles of one moment, in memory until closed: what a batch works with.
 *
 * <p>Threading: used and closed by one thread.
 */
public final class Lease implements AutoCloseable {

  private final Rollout.State state;
  private final List<LoadedBundle> held;

  private Lease(Rollout.State state, List<LoadedBundle> held) {
    this.state = state;
    this.held = held;
  }

  /** Holds all bundles of a state; empty if one of them has been freed since. */
  static Optional<Lease> of(Rollout.State state) {
    List<LoadedBundle> held = new ArrayList<>(2);
    Lease lease = new Lease(state, held);
    for (LoadedBundle bundle : state.bundles().toList()) {
      if (!bundle.hold()) {
        lease.close();
        return Optional.empty();
      }
      held.add(bundle);
    }
    return Optional.of(lease);
  }

  /** The bundle that publishes the tokens of a key. */
  public LoadedBundle publishing(String key) {
    boolean below = state.phase() == Phase.PERCENTAGE && KeyShare.of(key) < state.share();
    return below ? state.beside().orElseThrow() : state.published();
  }

  /**
   * The bundle that reads tokens: the one of their codebook. Where both have that codebook (a new
   * bundle with new heads on the old tokenizer), the one that publishes for the key.
   *
   * @param digest of the tokens' codebook
   * @param key of their image
   */
  public Optional<LoadedBundle> reading(String digest, String key) {
    List<LoadedBundle> able =
        held.stream().filter(bundle -> bundle.codebook().digest().equals(digest)).toList();
    return able.size() < 2 ? able.stream().findFirst() : Optional.of(publishing(key));
  }

  /** The bundle that publishes unless a key says otherwise. */
  public LoadedBundle published() {
    return state.published();
  }

  /** The comparison that the next batch is for, where it is for one. */
  public Optional<Comparison> comparison() {
    return state
        .shadow()
        .filter(Shadow::next)
        .map(shadow -> new Comparison(state.beside().orElseThrow(), shadow));
  }

  /**
   * A batch to be tokenized by both.
   *
   * @param beside the bundle whose tokens are compared and not published
   * @param shadow hears what differs
   */
  public record Comparison(LoadedBundle beside, Shadow shadow) {}

  @Override
  public void close() {
    held.forEach(LoadedBundle::letGo);
    held.clear();
  }
}
