package io.lgvq.training.release;

/** What can be trained on a finished tokenizer, each by itself. */
public enum Head {
  /** Caption and answer head, which learn together. */
  TEXT,
  /** Texts to codes. */
  PAINT,
  /** Codes with holes to codes without. */
  COMPLETE,
  /** What matches codes with texts, and tells how well they agree. */
  PROBE
}
