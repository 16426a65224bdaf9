package io.lgvq.topology.drift;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.drift.CodeCounts;
import io.lgvq.operators.drift.CodeReference;
import io.lgvq.operators.drift.Drift;
import io.lgvq.operators.tokenize.Tokenized;
import io.lgvq.schemas.event.CodebookDrift;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.clock.Ticks;
import io.lgvq.topology.deadletter.Verdict;
import io.lgvq.topology.deadletter.Verdict.Accepted;
import io.lgvq.topology.deadletter.Verdict.Rejected;
import io.lgvq.topology.flow.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The windows of one partition, one after the other. See {@link Windows} for what it promises.
 *
 * <p>Invariant between two calls: {@code open} is what the store holds.
 */
final class WindowProcessor
    extends ContextualProcessor<byte[], Arrival, byte[], Outcome<CodebookDrift>> {

  private final Windows windows;
  private final Ticks ticks;
  private KeyValueStore<String, OpenWindow> store;

  /** By digest of the codebook. */
  private final Map<String, OpenWindow> open = new TreeMap<>();

  /** Codebooks of windows that were heard of. */
  private final Set<String> told = new TreeSet<>();

  WindowProcessor(Windows windows) {
    this.windows = windows;
    long tick = Math.max(1, Math.min(1_000, windows.settings().window().toMillis() / 10));
    this.ticks = new Ticks(Duration.ofMillis(tick), this::closeIfDue);
  }

  @Override
  public void init(ProcessorContext<byte[], Outcome<CodebookDrift>> context) {
    super.init(context);
    store = windows.store(context);
    open.clear();
    told.clear();
    stored().forEach(this::resume);
    ticks.in(context);
    ticks.comeWhile(isAnyFull());
  }

  @Override
  public void process(Record<byte[], Arrival> record) {
    Arrival arrival = record.value();
    Verdict<Tokenized> verdict = windows.reader().readTokenized(arrival);
    if (verdict instanceof Rejected<Tokenized> rejected) {
      windows.listener().deadLettered(windows.stage(), rejected.reason());
      context().forward(Outcome.deadLetter(arrival, rejected, windows.stage()));
      return;
    }
    Tokenized image = ((Accepted<Tokenized>) verdict).value();
    Codebook codebook = image.grid().codebook();
    if (windows.rollout().reference(codebook.digest()).isPresent()) {
      OpenWindow window = open.computeIfAbsent(codebook.digest(), digest -> begin(codebook));
      window.counts().add(image.grid().codes(), image.quantizationError());
      store.put(codebook.digest(), window);
      ticks.comeWhile(isAnyFull());
    }
  }

  @Override
  public void close() {
    ticks.comeWhile(false);
    windows.listener().driftUnwatched(windows.stage(), context().taskId().partition());
  }

  private OpenWindow begin(Codebook codebook) {
    return new OpenWindow(
        codebook.digest(), context().currentSystemTimeMs(), new CodeCounts(codebook.size()));
  }

  private void closeIfDue(long now) {
    for (OpenWindow window : List.copyOf(open.values())) {
      Optional<Codebook> codebook = windows.rollout().codebook(window.codebook());
      Optional<CodeReference> reference = windows.rollout().reference(window.codebook());
      if (codebook.isEmpty() || reference.isEmpty()) {
        forget(window); // its bundle has been retired, and nobody knows its codes any longer
      } else if (isDue(window, now)) {
        close(window, codebook.get(), reference.get(), now);
      }
    }
    told.removeIf(this::isRetired);
    ticks.comeWhile(isAnyFull());
  }

  private boolean isRetired(String codebook) {
    boolean retired = windows.rollout().codebook(codebook).isEmpty();
    if (retired) {
      windows.listener().driftRetired(windows.stage(), context().taskId().partition(), codebook);
    }
    return retired;
  }

  private List<KeyValue<String, OpenWindow>> stored() {
    List<KeyValue<String, OpenWindow>> windows = new ArrayList<>();
    try (KeyValueIterator<String, OpenWindow> stored = store.all()) {
      stored.forEachRemaining(windows::add);
    }
    return windows;
  }

  private void resume(KeyValue<String, OpenWindow> stored) {
    OpenWindow window = stored.value;
    open.put(window.codebook(), window);
    // Release 0.1.0 knew of one window at a time, and had another key for it.
    if (!stored.key.equals(window.codebook())) {
      store.delete(stored.key);
      store.put(window.codebook(), window);
    }
  }

  private void forget(OpenWindow window) {
    store.delete(window.codebook());
    open.remove(window.codebook());
  }

  private boolean isAnyFull() {
    return open.values().stream().anyMatch(this::isFull);
  }

  /** Whether a window has images enough to close once its time is over. */
  private boolean isFull(OpenWindow window) {
    return window.counts().images() >= windows.settings().leastImages();
  }

  private boolean isDue(OpenWindow window, long now) {
    return isFull(window) && now - window.since() >= windows.settings().window().toMillis();
  }

  private void close(OpenWindow window, Codebook codebook, CodeReference reference, long now) {
    Drift drift = Drift.of(window.counts(), reference, windows.rareBelow(codebook));
    int partition = context().taskId().partition();
    byte[] key = "%s-%d".formatted(windows.topic(), partition).getBytes(StandardCharsets.UTF_8);
    CodebookDrift event = event(window, codebook, drift, partition, now);
    context().forward(new Record<>(key, new Outcome.Output<>(event), now));
    forget(window);
    told.add(codebook.digest());
    windows.listener().drifted(windows.stage(), partition, codebook.digest(), drift);
  }

  private CodebookDrift event(
      OpenWindow window, Codebook codebook, Drift drift, int partition, long now) {
    return CodebookDrift.newBuilder()
        .setTopic(windows.topic())
        .setPartition(partition)
        .setWindowStart(Instant.ofEpochMilli(window.since()))
        .setWindowEnd(Instant.ofEpochMilli(now))
        .setImages(drift.images())
        .setUsage(drift.usage())
        .setPerplexity(drift.perplexity())
        .setExpectedPerplexity(drift.expectedPerplexity())
        .setQuantizationError(drift.quantizationError())
        .setQuantizationErrorShift(drift.errorShift())
        .setRareShare(drift.rareShare())
        .setExpectedRareShare(drift.expectedRareShare())
        .setRareBelow(windows.rareBelow(codebook))
        .setDivergence(drift.divergence())
        .setModelName(codebook.name())
        .setModelVersion(codebook.version())
        .setCodebookDigest(codebook.digest())
        .build();
  }
}
