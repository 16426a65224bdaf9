package io.lgvq.operators.rollout;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.drift.CodeReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The one or two bundles that a process has loaded, and which of them works for what.
 *
 * <p>Work is done under a {@link Lease}: it sees one state from beginning to end, and what it sees
 * stays in memory until it ends. A step of the rollout changes the state for leases taken after it,
 * and waits for none.
 *
 * <p>Threading: safe for any number of threads; steps are taken one after the other. Ownership:
 * holds the bundles that it was given, until they are retired or it is closed.
 */
public final class Rollout implements AutoCloseable {

  private final List<LoadedBundle> all = new CopyOnWriteArrayList<>();
  private volatile State state;
  private volatile boolean closed;

  /** What all leases of a moment see. */
  record State(
      LoadedBundle published,
      Optional<LoadedBundle> beside,
      Phase phase,
      double share,
      Optional<Shadow> shadow) {

    static State single(LoadedBundle published) {
      return new State(published, Optional.empty(), Phase.SINGLE, 0, Optional.empty());
    }

    State in(Phase next, double nextShare, Optional<Shadow> nextShadow) {
      return new State(published, beside, next, nextShare, nextShadow);
    }

    State swapped(Phase next) {
      return new State(beside.orElseThrow(), Optional.of(published), next, 0, Optional.empty());
    }

    Stream<LoadedBundle> bundles() {
      return Stream.concat(Stream.of(published), beside.stream());
    }
  }

  /** Begins with one bundle, which publishes. */
  public Rollout(LoadedBundle first) {
    state = State.single(first);
    all.add(first);
  }

  /** One operator that somebody else owns and closes, for good: nothing is ever rolled out. */
  public static <T extends AutoCloseable> Rollout only(
      Codebook codebook, Class<T> kind, T operator) {
    return new Rollout(new LoadedBundle(codebook, "", Map.of(kind, operator)));
  }

  /** No operator at all: tokens of a codebook are watched, and nothing is ever rolled out. */
  public static Rollout watching(Codebook codebook, CodeReference reference) {
    return new Rollout(new LoadedBundle(codebook, "", Map.of(), Optional.of(reference)));
  }

  /**
   * The bundles of this moment, to work with until the lease is closed.
   *
   * @throws IllegalStateException if the rollout is closed
   */
  public Lease lease() {
    while (!closed) {
      Optional<Lease> lease = Lease.of(state);
      if (lease.isPresent()) {
        return lease.get();
      } // else a bundle was freed since the state was read, so there is a newer state
    }
    throw new IllegalStateException("the bundles are unloaded");
  }

  /** The loaded codebook of a digest. */
  public Optional<Codebook> codebook(String digest) {
    return codebooks().stream().filter(each -> each.digest().equals(digest)).findFirst();
  }

  /** What codes ordinary images are made of in a loaded codebook, if its bundle says so. */
  public Optional<CodeReference> reference(String digest) {
    return state
        .bundles()
        .filter(bundle -> bundle.codebook().digest().equals(digest))
        .findFirst()
        .flatMap(LoadedBundle::reference);
  }

  /** The codebooks whose tokens can be read, the published bundle's first. */
  public List<Codebook> codebooks() {
    return state.bundles().map(LoadedBundle::codebook).toList();
  }

  /**
   * Loads a bundle beside the published one. Heads read its tokens from now on.
   *
   * @param identity of the bundle
   * @param open opens it; called only if there is room
   * @throws RolloutException if one is beside already, or if this one is the published one
   */
  public synchronized void load(Codebook identity, Supplier<LoadedBundle> open) {
    State now = state;
    now.beside()
        .ifPresent(
            there -> {
              throw new RolloutException(
                  "Bundle %s is loaded beside already; retire it first.".formatted(there.title()));
            });
    Codebook published = now.published().codebook();
    if (published.name().equals(identity.name())
        && published.version().equals(identity.version())) {
      throw new RolloutException(
          "Bundle %s is the published one; a new bundle needs another name or version, for records say which of them wrote them."
              .formatted(now.published().title()));
    }
    LoadedBundle opened = open.get();
    all.add(opened);
    state = new State(now.published(), Optional.of(opened), Phase.BESIDE, 0, Optional.empty());
  }

  /** Lets the published bundle alone work for all keys; the other stays loaded. */
  public synchronized void publishedOnly() {
    state = unswitched().in(Phase.BESIDE, 0, Optional.empty());
  }

  /**
   * Lets the bundle beside tokenize as well, and measures what differs, from nothing.
   *
   * @param share of the batches, above 0, at most 1
   */
  public synchronized void shadow(double share) {
    requireShare(share > 0 && share <= 1);
    state = unswitched().in(Phase.SHADOW, share, Optional.of(new Shadow(share)));
  }

  /**
   * Lets the bundle beside publish for the keys below a bound (see {@link KeyShare}).
   *
   * @param share of the keys, above 0, at most 1
   */
  public synchronized void percentage(double share) {
    requireShare(share > 0 && share <= 1);
    state = unswitched().in(Phase.PERCENTAGE, share, Optional.empty());
  }

  /** Lets the bundle beside publish for all keys; the other stays loaded for its own tokens. */
  public synchronized void switchOver() {
    state = unswitched().swapped(Phase.SWITCHED);
  }

  /** Back to the old bundle: after a switch as before it, the new one beside. */
  public synchronized void rollBack() {
    switch (state.phase()) {
      case SWITCHED -> state = state.swapped(Phase.BESIDE);
      case SHADOW, PERCENTAGE -> state = state.in(Phase.BESIDE, 0, Optional.empty());
      default -> throw new RolloutException("There is nothing to roll back.");
    }
  }

  /**
   * Unloads the bundle beside, as soon as the last batch that uses it has ended.
   *
   * @throws RolloutException if there is none, or if it publishes
   */
  public synchronized void retire() {
    LoadedBundle old = retirable();
    state = State.single(state.published());
    old.letGo();
  }

  /**
   * The bundle that {@link #retire} would unload.
   *
   * @throws RolloutException if there is none, or if it publishes
   */
  public LoadedBundle retirable() {
    State now = state;
    if (now.phase() == Phase.PERCENTAGE) {
      throw new RolloutException(
          "Bundle %s publishes a share of the keys; switch or roll back first."
              .formatted(now.beside().orElseThrow().title()));
    }
    return now.beside().orElseThrow(() -> new RolloutException("No bundle is loaded beside."));
  }

  /** How far the rollout is. */
  public RolloutStatus status() {
    all.removeIf(bundle -> !bundle.inMemory());
    State now = state;
    return new RolloutStatus(
        now.phase(),
        now.share(),
        now.published(),
        now.beside(),
        all.size(),
        now.shadow().map(Shadow::report));
  }

  /** Lets go of all bundles; work that still runs keeps its own until it ends. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      state.bundles().forEach(LoadedBundle::letGo);
    }
  }

  private State unswitched() {
    if (state.beside().isEmpty()) {
      throw new RolloutException("No bundle is loaded beside; load one first.");
    }
    if (state.phase() == Phase.SWITCHED) {
      throw new RolloutException(
          "Bundle %s publishes already; retire the old one, or roll back."
              .formatted(state.published().title()));
    }
    return state;
  }

  private static void requireShare(boolean inRange) {
    if (!inRange) {
      throw new RolloutException("The percentage must be above 0 and at most 100.");
    }
  }
}
