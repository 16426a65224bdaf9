package io.lgvq.soak.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;

/** Looks for transactions that nobody will end, which would hide what comes after them. */
public final class OpenTransactions {

  private static final Set<TransactionState> OVER =
      EnumSet.of(
          TransactionState.EMPTY,
          TransactionState.COMPLETE_ABORT,
          TransactionState.COMPLETE_COMMIT);

  private OpenTransactions() {}

  /**
   * Asks the coordinators and the partitions' leaders until there is none, or the time is over.
   *
   * @param partitions that could hold one
   * @return those that are still open, or that nobody would say; empty if all is well
   */
  public static List<Finding> await(
      Admin admin, Collection<TopicPartition> partitions, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    List<Finding> open = tryToAsk(admin, partitions);
    while (!open.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(500);
      open = tryToAsk(admin, partitions);
    }
    return open;
  }

  private static List<Finding> tryToAsk(Admin admin, Collection<TopicPartition> partitions)
      throws InterruptedException {
    try {
      return ask(admin, partitions);
    } catch (ExecutionException e) {
      String why = String.valueOf(e.getCause());
      return List.of(new Finding("open transactions cannot be told", "any", "the brokers", why));
    }
  }

  private static List<Finding> ask(Admin admin, Collection<TopicPartition> partitions)
      throws InterruptedException, ExecutionException {
    List<Finding> open = new ArrayList<>();
    for (var transaction : admin.listTransactions().all().get()) {
      if (!OVER.contains(transaction.state())) {
        open.add(
            new Finding(
                "open transaction",
                "of " + transaction.transactionalId(),
                "its coordinator",
                transaction.state().toString()));
      }
    }
    admin
        .describeProducers(partitions)
        .all()
        .get()
        .forEach(
            (partition, state) ->
                state.activeProducers().stream()
                    .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                    .forEach(
                        producer ->
                            open.add(
                                new Finding(
                                    "open transaction",
                                    "of producer " + producer.producerId(),
                                    partition.toString(),
                                    "since offset "
                                        + producer.currentTransactionStartOffset().getAsLong()))));
    return open;
  }
}
