package io.lgvq.training.text;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a sentence's one feature comes from its pieces' hidden states; normalised in the end. */
public enum Pooling {
  /** Their mean, padding left out: MiniLM, E5. */
  MEAN,
  /** The first one's, which stands for the whole: BGE. */
  FIRST;

  private static final Path SENTENCE_TRANSFORMERS = Path.of("1_Pooling", "config.json");

  /**
   * What the folder of a model says, in the way of Sentence Transformers: {@code
   * 1_Pooling/config.json} with {@code pooling_mode_cls_token}; the mean where it says nothing.
   *
   * @throws IOException if the file cannot be read
   */
  static Pooling of(Path folder) throws IOException {
    Path file = folder.resolve(SENTENCE_TRANSFORMERS);
    return Files.exists(file)
            && new JsonMapper()
                .readTree(Files.readAllBytes(file))
                .path("pooling_mode_cls_token")
                .asBoolean()
        ? FIRST
        : MEAN;
  }
}
