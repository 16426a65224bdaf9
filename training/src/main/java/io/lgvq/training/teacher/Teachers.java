package io.lgvq.training.teacher;

import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.text.TextEncoder;

/**
 * Networks trained by others that a tokenizer learns from. Each is opened when it is first needed,
 * by the one that closes it.
 */
public interface Teachers {

  /** Reads captions, for the guidance. */
  TextEncoder text();

  /** Looks at pictures, for the perceptual distance. */
  MobileNet eye();
}
