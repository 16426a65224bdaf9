package io.lgvq.operators.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.operators.codebook.Codebook;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RolloutTest {
  private static final String OLD = "a1".repeat(32);
  private static final String NEW = "b2".repeat(32);

  private final Stub old = new Stub();
  private final Stub fresh = new Stub();
  private final Rollout rollout = new Rollout(old.bundle("1", OLD));

  @Test
  void shouldFreeRetiredBundleOnlyWhenItsLastBatchHasEnded() {
    load();
    rollout.switchOver();
    Lease batch = rollout.lease();
    Lease other = rollout.lease();

    rollout.retire();
    assertThat(rollout.status().inMemory()).isEqualTo(2);
    batch.close();
    assertThat(old.closed()).isZero();
    other.close();

    assertThat(old.closed()).isEqualTo(1);
    assertThat(fresh.closed()).isZero();
    assertThat(rollout.status().inMemory()).isEqualTo(1);
  }

  @Test
  void shouldFreeEachBundleOnceAndNeverUnderABatchWhileManyThreadsWork() throws Exception {
    var threads = Executors.newFixedThreadPool(4);
    var done = new AtomicBoolean();
    List<Stub> stubs = new ArrayList<>(List.of(old));
    try {
      Callable<Boolean> working =
          () -> {
            while (!done.get()) {
              try (Lease lease = rollout.lease()) {
                if (lease.published().operator(Stub.class).closed() > 0) {
                  return false;
                }
              }
            }
            return true;
          };
      List<Future<Boolean>> workers =
          IntStream.range(0, 4).mapToObj(i -> threads.submit(working)).toList();
      for (int i = 0; i < 300; i++) {
        Stub next = new Stub();
        stubs.add(next);
        String version = "v" + i;
        rollout.load(Stub.codebook(version, NEW), () -> next.bundle(version, NEW));
        rollout.switchOver();
        rollout.retire();
      }
      done.set(true);
      for (Future<Boolean> worker : workers) {
        assertThat(worker.get()).as("no batch found its bundle freed").isTrue();
      }
    } finally {
      done.set(true);
      threads.shutdown();
    }
    rollout.close();
    assertThat(stubs).extracting(Stub::closed).containsOnly(1);
  }

  @Test
  void shouldPublishShareOfKeysByTheirHashAndAllAfterTheSwitch() {
    load();
    try (Lease lease = rollout.lease()) {
      assertThat(publishing(lease, "bus")).isEqualTo("1");
    }
    rollout.percentage(0.1);
    try (Lease lease = rollout.lease()) {
      assertThat(publishing(lease, "bus")).isEqualTo("2"); // its place is 0.019
      assertThat(publishing(lease, "")).isEqualTo("1"); // its place is 0.889
    }
    rollout.switchOver();
    try (Lease lease = rollout.lease()) {
      assertThat(publishing(lease, "")).isEqualTo("2");
    }
    rollout.rollBack();
    try (Lease lease = rollout.lease()) {
      assertThat(publishing(lease, "bus")).isEqualTo("1");
    }
  }

  @Test
  void shouldLetABatchSeeOneStateFromBeginningToEnd() {
    load();
    try (Lease lease = rollout.lease()) {
      rollout.switchOver();
      assertThat(publishing(lease, "bus")).isEqualTo("1");
    }
  }

  @Test
  void shouldReadTokensOfBothCodebooksAndOfNoOther() {
    load();
    try (Lease lease = rollout.lease()) {
      assertThat(lease.reading(OLD, "bus")).map(LoadedBundle::title).contains("stub:1");
      assertThat(lease.reading(NEW, "bus")).map(LoadedBundle::title).contains("stub:2");
      assertThat(lease.reading("c3".repeat(32), "bus")).isEmpty();
    }
    assertThat(rollout.codebooks()).extracting(Codebook::version).containsExactly("1", "2");
  }

  @Test
  void shouldReadWithTheBundleThatPublishesWhereNewHeadsShareTheOldCodebook() {
    rollout.load(Stub.codebook("2", OLD), () -> fresh.bundle("2", OLD));
    rollout.percentage(0.1);
    try (Lease lease = rollout.lease()) {
      assertThat(lease.reading(OLD, "bus")).map(LoadedBundle::title).contains("stub:2");
      assertThat(lease.reading(OLD, "")).map(LoadedBundle::title).contains("stub:1");
    }
  }

  @Test
  void shouldCompareTheShareOfBatchesThatWasAskedFor() {
    load();
    rollout.shadow(0.25);
    long compared =
        IntStream.range(0, 100)
            .filter(
                i -> {
                  try (Lease lease = rollout.lease()) {
                    assertThat(publishing(lease, "bus")).isEqualTo("1");
                    return lease.comparison().isPresent();
                  }
                })
            .count();
    assertThat(compared).isEqualTo(25);
  }

  @Test
  void shouldRefuseStepsThatLeadNowhere() {
    assertThatThrownBy(rollout::switchOver).hasMessageContaining("load one first");
    assertThatThrownBy(rollout::retire).hasMessageContaining("No bundle is loaded beside");
    assertThatThrownBy(rollout::rollBack).hasMessageContaining("nothing to roll back");
    assertThatThrownBy(() -> rollout.load(Stub.codebook("1", NEW), () -> null))
        .hasMessageContaining("another name or version");
    load();
    assertThatThrownBy(this::load).hasMessageContaining("retire it first");
    assertThatThrownBy(() -> rollout.percentage(1.1)).hasMessageContaining("at most 100");
    rollout.percentage(0.5);
    assertThatThrownBy(rollout::retire).hasMessageContaining("publishes a share of the keys");
    rollout.switchOver();
    assertThatThrownBy(() -> rollout.percentage(0.5)).hasMessageContaining("publishes already");
  }

  @Test
  void shouldStayAsItWasWhenABundleCannotBeOpened() {
    assertThatThrownBy(
            () ->
                rollout.load(
                    Stub.codebook("2", NEW),
                    () -> {
                      throw new IllegalStateException("damaged");
                    }))
        .hasMessage("damaged");
    assertThat(rollout.status().phase()).isEqualTo(Phase.SINGLE);
    load();
    assertThat(rollout.status().beside()).map(LoadedBundle::title).contains("stub:2");
  }

  private void load() {
    rollout.load(Stub.codebook("2", NEW), () -> fresh.bundle("2", NEW));
  }

  private static String publishing(Lease lease, String key) {
    return lease.publishing(key).codebook().version();
  }
}
