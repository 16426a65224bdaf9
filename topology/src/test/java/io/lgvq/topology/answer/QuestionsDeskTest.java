package io.lgvq.topology.answer;

import static io.lgvq.topology.rig.Events.question;
import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static io.lgvq.topology.rig.StageDriver.SERDES;
import static io.lgvq.topology.rig.StageDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.rollout.Rollout;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.arrival.Origin;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.event.TokensReader;
import io.lgvq.topology.flow.Outcome;
import io.lgvq.topology.rig.HeardListener;
import io.lgvq.topology.rig.OrdinaryCodes;
import io.lgvq.topology.rig.Suspension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionsDeskTest {

  private static final AnswerSettings SETTINGS =
      new AnswerSettings(Duration.ofDays(7), Duration.ofSeconds(10), 1_000);

  @TempDir private Path folder;

  private final HeardListener heard = new HeardListener();
  private MockProcessorContext<byte[], Outcome<Arrival>> context;
  private StateStore shelf;
  private QuestionsDesk desk;
  private Suspension<byte[], Outcome<Arrival>> task;

  @BeforeEach
  void begin() {
    context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
    shelf =
        TokenShelf.store("answer-tokens", SETTINGS.tokensRetention()).withLoggingDisabled().build();
    shelf.init(context.getStateStoreContext(), shelf);
    StateStore waiting = WaitingRoom.store("answer-waiting").withLoggingDisabled().build();
    waiting.init(context.getStateStoreContext(), waiting);
    var rollout = Rollout.watching(CODEBOOK, new OrdinaryCodes().reference(CODEBOOK));
    desk =
        new QuestionsDesk(
            new Matching(
                AnswerSettings.STAGE,
                SETTINGS,
                new QuestionReader(SERDES.questions().deserializer(), SETTINGS.maxQuestionLength()),
                new TokensReader(SERDES.tokens().deserializer(), rollout),
                new KeptTokens(rollout::codebook),
                heard));
    task = new Suspension<>(desk, context);
    context.setCurrentSystemTimeMs(0);
    desk.init(context);
  }

  @AfterEach
  void end() {
    shelf.close();
  }

  @Test
  void shouldStartTheWaitAnewOnceWhenItsTaskWasSuspended() {
    ask();
    task.tickAt(6_000);
    task.suspend();
    assertThat(task.comingTicks()).isEmpty();

    task.goOn();
    assertThat(task.comingTicks()).hasSize(1);
    task.tickAt(15_999);
    assertThat(context.forwarded()).isEmpty();

    task.tickAt(16_000);
    assertThat(context.forwarded()).hasSize(1);
    assertThat(heard.lines()).containsExactly("answer knows no image");
    assertThat(task.comingTicks()).isEmpty();
  }

  private void ask() {
    byte[] key = "bus".getBytes(StandardCharsets.UTF_8);
    byte[] value =
        SERDES
            .questions()
            .serializer()
            .serialize(TOPICS.questions(), question("first", "bus", "what is this?"));
    var origin = new Origin(TOPICS.questions(), 0, 0);
    var arrival = new Arrival(key, value, 0, new RecordHeaders(), origin);
    desk.process(new Record<>(key, arrival, 0));
  }
}
