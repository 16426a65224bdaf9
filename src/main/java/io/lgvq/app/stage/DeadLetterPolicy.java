package io.lgvq.app.stage;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.topology.config.DeadLetterSettings;

/** What dead letters hold, of the configuration. */
final class DeadLetterPolicy {
  private DeadLetterPolicy() {}

  static DeadLetterSettings of(LgvqConfig.DeadLetters config) {
    return config.maxValueBytes().map(DeadLetterSettings::new).orElseGet(DeadLetterSettings::whole);
  }
}
