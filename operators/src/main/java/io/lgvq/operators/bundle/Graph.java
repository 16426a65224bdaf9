package io.lgvq.operators.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The ONNX graphs that a bundle may hold; their signatures stand in {@code docs/bundle.md}. */
public enum Graph {
  /** Pixels to codes and quantization error. */
  @JsonProperty("encoder")
  ENCODER("encoder"),
  /** Codes to pixels. */
  @JsonProperty("decoder")
  DECODER("decoder"),
  /** Codes to what the caption head remembers of the image; goes with {@link #CAPTION_STEP}. */
  @JsonProperty("captionMemory")
  CAPTION_MEMORY("captionMemory"),
  /** Memory and words so far to the next word; goes with {@link #CAPTION_MEMORY}. */
  @JsonProperty("captionStep")
  CAPTION_STEP("captionStep"),
  /** Codes and a question to answer probabilities. */
  @JsonProperty("answer")
  ANSWER("answer"),
  /** Codes to a vector in the text encoder's space. */
  @JsonProperty("match")
  MATCH("match"),
  /** Codes and a caption with hidden words to the words; a measure of what codes tell. */
  @JsonProperty("maskedWord")
  MASKED_WORD("maskedWord"),
  /** Codes to each place's vectors in the text encoder's space; a measure of what codes tell. */
  @JsonProperty("relation")
  RELATION("relation"),
  /** A text to what the paint head remembers of it; goes with {@link #PAINT_STEP}. */
  @JsonProperty("paintMemory")
  PAINT_MEMORY("paintMemory"),
  /** Memory and codes so far to the next code; goes with {@link #PAINT_MEMORY}. */
  @JsonProperty("paintStep")
  PAINT_STEP("paintStep"),
  /** Codes with holes to the probabilities of what is missing. */
  @JsonProperty("complete")
  COMPLETE("complete");

  private final String key;

  Graph(String key) {
    this.key = key;
  }

  /** The graph's key under {@code models}, for instance {@code captionStep}. */
  public String key() {
    return key;
  }
}
