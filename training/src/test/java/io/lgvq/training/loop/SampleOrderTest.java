package io.lgvq.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleOrderTest {

  private static List<Long> epoch(SampleOrder order, long number) {
    return LongStream.range(number * order.size(), (number + 1) * order.size())
        .map(order::at)
        .boxed()
        .toList();
  }

  @Test
  void shouldShowEverySampleOnceAnEpochAndEachEpochInAnotherOrder() {
    SampleOrder order = new SampleOrder(97, 3);
    List<Long> all = LongStream.range(0, 97).boxed().toList();
    assertThat(epoch(order, 0)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(epoch(order, 1)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(epoch(order, 1)).isNotEqualTo(epoch(order, 0));
  }

  @Test
  void shouldTakeAnEndlessSplitAsItComes() {
    assertThat(new SampleOrder(Long.MAX_VALUE, 3).at(123_456_789_012L)).isEqualTo(123_456_789_012L);
  }

  @Test
  void shouldManageASplitOfOneSample() {
    assertThat(new SampleOrder(1, 3).at(5)).isZero();
  }
}
