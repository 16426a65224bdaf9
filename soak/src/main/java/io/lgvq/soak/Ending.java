package io.lgvq.soak;

import io.lgvq.soak.fleet.Fleet;
import io.lgvq.soak.platform.Platform;
import io.lgvq.soak.verify.Finding;
import io.lgvq.soak.verify.Findings;
import io.lgvq.soak.verify.OpenTransactions;
import io.lgvq.soak.verify.OutputReader;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.IntSupplier;

/**
 * The end of a run, after which nothing more can come: all instances stop in order, no transaction
 * is open, and every output partition has been read to its end. What should not be there has had
 * its chance to show.
 *
 * @param platform that has the outputs
 * @param fleet that is stopped
 * @param reader of the outputs
 * @param findings where what is wrong is noted
 */
record Ending(Platform platform, Fleet fleet, OutputReader reader, Findings findings) {

  private static final Duration STALLED = Duration.ofMinutes(2);
  private static final Duration TRANSACTIONS = Duration.ofMinutes(1);
  private static final Duration READ = Duration.ofMinutes(2);

  /** A short wait, in which everything is looked after. */
  interface Step {
    void take() throws InterruptedException;
  }

  /** Returns when nothing is missing, or nothing has come for minutes. */
  void awaitOutputs(IntSupplier missing, Step step) throws InterruptedException {
    int left = missing.getAsInt();
    long progressed = System.nanoTime();
    while (left > 0 && System.nanoTime() - progressed < STALLED.toNanos()) {
      step.take();
      int now = missing.getAsInt();
      if (now != left) {
        left = now;
        progressed = System.nanoTime();
      }
    }
  }

  /** Stops everything and reads the rest. */
  void await() throws InterruptedException, ExecutionException {
    fleet.stop();
    OpenTransactions.await(platform.admin(), reader.partitions(), TRANSACTIONS)
        .forEach(findings::add);
    // A transaction that is open hides what comes after it, and is a finding already.
    reader
        .awaitEnds(platform.ends(reader.partitions()), READ)
        .forEach(
            partition ->
                findings.add(
                    new Finding(
                        "not read to its end within " + READ.toSeconds() + " s",
                        "any",
                        partition.toString(),
                        "")));
  }
}
