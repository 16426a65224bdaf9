package io.lgvq.training.release;

import io.lgvq.operators.bundle.Graph;
import java.util.Optional;

/** What can be trained on a finished tokenizer, each by itself. */
public enum Head {
  /** Caption and answer head, which learn together. */
  TEXT,
  /** Texts to codes. */
  PAINT,
  /** Codes with holes to codes without. */
  COMPLETE,
  /** What matches codes with texts, and tells how well they agree. */
  PROBE;

  /** The head that a graph belongs to; empty for the tokenizer's. */
  static Optional<Head> of(Graph graph) {
    return switch (graph) {
      case ENCODER, DECODER -> Optional.empty();
      case CAPTION_MEMORY, CAPTION_STEP, ANSWER -> Optional.of(TEXT);
      case PAINT_MEMORY, PAINT_STEP -> Optional.of(PAINT);
      case COMPLETE -> Optional.of(Head.COMPLETE);
      case MATCH, MASKED_WORD, RELATION -> Optional.of(PROBE);
    };
  }
}
