package io.lgvq.operators.rollout;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.drift.CodeReference;
import java.util.Map;
import java.util.Optional;

/**
 * The operators of one bundle in memory, and how many hold them: they are closed when the last
 * holder lets go, so that a bundle can be unloaded while batches still run on it.
 *
 * <p>Threading: safe for any number of threads. Ownership: whoever makes it is its first holder; it
 * closes its operators.
 */
public final class LoadedBundle {
  private static final System.Logger LOG = System.getLogger(LoadedBundle.class.getName());

  private final Codebook codebook;
  private final String origin;
  private final Map<Class<?>, AutoCloseable> operators;
  private final Optional<CodeReference> reference;
  private int holders = 1;
  private volatile boolean freed;

  /**
   * @param codebook names the bundle and its codebook
   * @param origin where it came from, for people
   * @param operators by the interface that asks for them
   */
  public LoadedBundle(
      Codebook codebook, String origin, Map<Class<?>, ? extends AutoCloseable> operators) {
    this(codebook, origin, operators, Optional.empty());
  }

  /**
   * @param codebook names the bundle and its codebook
   * @param origin where it came from, for people
   * @param operators by the interface that asks for them
   * @param reference what codes ordinary images are made of, if the bundle says so
   */
  public LoadedBundle(
      Codebook codebook,
      String origin,
      Map<Class<?>, ? extends AutoCloseable> operators,
      Optional<CodeReference> reference) {
    reference
        .filter(known -> !known.codebook().equals(codebook.digest()))
        .ifPresent(
            known -> {
              throw new IllegalArgumentException(
                  "a reference of codebook %s came with codebook %s"
                      .formatted(known.codebook(), codebook.digest()));
            });
    this.reference = reference;
    this.codebook = codebook;
    this.origin = origin;
    this.operators = Map.copyOf(operators);
    operators.forEach(
        (kind, operator) -> {
          if (!kind.isInstance(operator)) {
            throw new IllegalArgumentException(operator.getClass() + " is no " + kind.getName());
          }
        });
  }

  /** Its codebook; name and version are the bundle's. */
  public Codebook codebook() {
    return codebook;
  }

  /** The bundle as {@code name:version}. */
  public String title() {
    return codebook.name() + ":" + codebook.version();
  }

  /** What codes ordinary images are made of, if the bundle says so. */
  public Optional<CodeReference> reference() {
    return reference;
  }

  /** Where it came from, for people. */
  public String origin() {
    return origin;
  }

  /**
   * One of its operators; usable for as long as the caller holds the bundle.
   *
   * @throws IllegalStateException if it was loaded without
   */
  public <T> T operator(Class<T> kind) {
    AutoCloseable found = operators.get(kind);
    if (found == null) {
      throw new IllegalStateException(
          "bundle %s was loaded without %s".formatted(title(), kind.getSimpleName()));
    }
    return kind.cast(found);
  }

  /** Whether its operators are still open. */
  public boolean inMemory() {
    return !freed;
  }

  /** Holds it; false if it has been freed already. */
  synchronized boolean hold() {
    if (holders == 0) {
      return false;
    }
    holders++;
    return true;
  }

  /** Lets go; the last holder frees it. */
  public void letGo() {
    boolean last;
    synchronized (this) {
      if (holders == 0) {
        throw new IllegalStateException("bundle " + title() + " was freed before");
      }
      holders--;
      last = holders == 0;
    }
    if (last) {
      free();
    }
  }

  private void free() {
    for (AutoCloseable operator : operators.values()) {
      try {
        operator.close();
      } catch (Exception e) {
        // The holder is a batch that has ended well: it must not fail for what comes after it.
        LOG.log(System.Logger.Level.WARNING, "an operator of " + title() + " was not freed", e);
      }
    }
    freed = true;
  }
}
