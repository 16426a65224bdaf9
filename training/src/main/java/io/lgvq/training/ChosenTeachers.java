package io.lgvq.training;

import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.teacher.Teachers;
import io.lgvq.training.text.TextEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The teachers that a command's options choose, opened when they are needed.
 *
 * @param keeping whether features of captions are kept in a file, and read from it
 */
record ChosenTeachers(CorpusChoice corpora, TextEncoderChoice encoders, boolean keeping)
    implements Teachers {

  @Override
  public TextEncoder text() {
    try {
      return keeping ? encoders.open(corpora.cache()) : encoders.openUncached(corpora.cache());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public MobileNet eye() {
    try {
      return corpora.eye();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
