package io.lgvq.training.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;

/**
 * The texts of a tokenizer's word pieces, as BERT has them: {@code ##} begins one that goes on a
 * word. Other kinds mark words otherwise, and what names something could not be told from what does
 * not.
 */
final class WordPieces {

  private static final String KIND = "WordPiece";

  private final String[] pieces;

  /**
   * @param tokenizerJson Hugging Face's file, whose {@code model.vocab} maps pieces to ids
   * @param size number of rows of the word table
   * @throws IllegalArgumentException if its {@code model.type} is not {@code WordPiece}
   */
  WordPieces(byte[] tokenizerJson, int size) throws IOException {
    pieces = new String[size];
    Arrays.fill(pieces, "");
    JsonNode model = new JsonMapper().readTree(tokenizerJson).path("model");
    String type = model.path("type").asText("none");
    if (!type.equals(KIND)) {
      throw new IllegalArgumentException(
          "--text-encoder: the model.type of tokenizer.json is %s, and only %s is understood (BERT, MiniLM, BGE, E5)"
              .formatted(type, KIND));
    }
    model
        .path("vocab")
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
