package io.lgvq.training.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;

/** The texts of a tokenizer's word pieces. */
final class WordPieces {

  private final String[] pieces;

  /**
   * @param tokenizerJson Hugging Face's file, whose {@code model.vocab} maps pieces to ids
   * @param size number of rows of the word table
   */
  WordPieces(byte[] tokenizerJson, int size) throws IOException {
    pieces = new String[size];
    Arrays.fill(pieces, "");
    JsonNode vocabulary = new JsonMapper().readTree(tokenizerJson).path("model").path("vocab");
    vocabulary
        .fields()
        .forEachRemaining(
            entry -> {
              if (entry.getValue().asInt() < size) {
                pieces[entry.getValue().asInt()] = entry.getKey();
              }
            });
  }

  /** Text of a piece; empty for an id without one. */
  String text(int id) {
    return pieces[id];
  }
}
