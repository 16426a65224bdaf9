package io.lgvq.topology.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.OperatorException;
import io.lgvq.topology.config.RetrySettings;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetryTest {

  private final Logger log = Logger.getLogger(Retry.class.getName());
  private final List<LogRecord> lines = new ArrayList<>();
  private final Handler listening =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    log.addHandler(listening);
    log.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    log.removeHandler(listening);
    log.setUseParentHandlers(true);
  }

  @Test
  void shouldSayWhatTheEngineThrewBeforeItIsCalledAgain() {
    var retry = new Retry(new RetrySettings(3, Duration.ZERO), (failed, thrown) -> {});
    var calls = new int[1];

    String result =
        retry.call(
            () -> {
              if (++calls[0] < 3) {
                throw new OperatorException(
                    "The network encoder failed.", new IllegalStateException("out of\nmemory"));
              }
              return "done";
            });

    assertThat(result).isEqualTo("done");
    assertThat(lines).hasSize(2).allMatch(line -> line.getLevel() == Level.WARNING);
    assertThat(MessageFormat.format(lines.get(1).getMessage(), lines.get(1).getParameters()))
        .contains("call 2 of 3", "The network encoder failed.", "out of memory")
        .doesNotContain("\n");
  }
}
