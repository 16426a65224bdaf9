package io.lgvq.app.config;

import java.util.Locale;

/** The stages as they are named in configuration, metrics, health and application ids. */
public enum StageName {
  /** Images to tokens. */
  TOKENIZE,
  /** Tokens to captions. */
  CAPTION,
  /** Tokens and questions to answers. */
  ANSWER,
  /** Tokens back to pictures. */
  RECONSTRUCT,
  /** Tokens to how far they are from those of ordinary images. */
  DRIFT;

  /** The name in lower case, for instance {@code tokenize}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
