package io.lgvq.training.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A sentence encoder as ONNX graph and Hugging Face tokenizer; the one that ships is
 * all-MiniLM-L6-v2 (d_t = 384, V = 30,522, Apache-2.0).
 *
 * <p>Threading: safe for several threads. Only texts of one length share a batch, so none is padded
 * and a text's feature is the same, bit by bit, whatever it is asked for together with: which texts
 * come together depends on what is cached and on where a training was interrupted. Owns the session
 * until closed.
 */
public final class OnnxTextEncoder implements TextEncoder {

  /** Larger ones are no faster. */
  private static final int BATCH = 8;

  private static final String LONGEST_TEXT = "128";

  private final String name;
  private final HuggingFaceTokenizer tokenizer;
  private final SentenceModel model;
  private final WordTable table;
  private final WordPieces pieces;
  private final String digest;
  private final boolean[] content;

  private OnnxTextEncoder(
      String name, byte[] onnx, byte[] tokenizerJson, Pooling pooling, int threads)
      throws IOException {
    this.name = name;
    this.table = WordTable.of(onnx);
    this.pieces = new WordPieces(tokenizerJson, table.size());
    this.tokenizer =
        HuggingFaceTokenizer.newInstance(
            new ByteArrayInputStream(tokenizerJson),
            Map.of("padding", "false", "truncation", "true", "maxLength", LONGEST_TEXT));
    this.digest = sha256(onnx, pooling);
    this.model = new SentenceModel(onnx, table.dimension(), pooling, threads);
    this.content = new boolean[table.size()];
    for (int id = 0; id < content.length; id++) {
      content[id] = ContentWords.contains(piece(id));
    }
  }

  /** The encoder of this module's class path, all-MiniLM-L6-v2, on one thread. */
  public static OnnxTextEncoder shipped() {
    return shipped(1);
  }

  /**
   * The encoder of this module's class path, all-MiniLM-L6-v2.
   *
   * @param threads inside one call
   */
  public static OnnxTextEncoder shipped(int threads) {
    try {
      return new OnnxTextEncoder(
          "all-MiniLM-L6-v2",
          resource("/all-minilm-l6-v2.onnx"),
          resource("/all-minilm-l6-v2-tokenizer.json"),
          Pooling.MEAN,
          threads);
    } catch (IOException e) {
      throw new IllegalStateException("The text encoder is not on the class path.", e);
    }
  }

  /**
   * An encoder of one's own: {@code model.onnx} (inputs {@code input_ids}, {@code attention_mask}
   * and, if it likes, {@code token_type_ids}; first output [B, L, d_t]) and {@code tokenizer.json};
   * {@code 1_Pooling/config.json} of Sentence Transformers is heeded.
   *
   * @param threads inside one call
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if the graph is not of that kind, or the tokenizer has no word
   *     pieces as BERT has them
   */
  public static OnnxTextEncoder of(Path folder, int threads) throws IOException {
    return of(
        folder.toAbsolutePath().getFileName().toString(),
        folder.resolve("model.onnx"),
        folder.resolve("tokenizer.json"),
        Pooling.of(folder),
        threads);
  }

  /**
   * An encoder from two files, as {@link #of(Path, int)} describes them.
   *
   * @param name what people call it
   * @param threads inside one call
   */
  public static OnnxTextEncoder of(
      String name, Path onnx, Path tokenizer, Pooling pooling, int threads) throws IOException {
    return new OnnxTextEncoder(
        name, Files.readAllBytes(onnx), Files.readAllBytes(tokenizer), pooling, threads);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String digest() {
    return digest;
  }

  @Override
  public int dimension() {
    return table.dimension();
  }

  @Override
  public int vocabularySize() {
    return table.size();
  }

  @Override
  public int[] tokens(String text) {
    long[] ids = tokenizer.encode(text, false, false).getIds();
    return Arrays.stream(ids).limit(LONGEST).mapToInt(Math::toIntExact).toArray();
  }

  @Override
  public List<float[]> sentences(List<String> texts) {
    List<Encoding> encodings = List.of(tokenizer.batchEncode(texts));
    Map<Integer, List<Integer>> byLength =
        IntStream.range(0, texts.size())
            .boxed()
            .collect(Collectors.groupingBy(i -> encodings.get(i).getIds().length));
    float[][] features = new float[texts.size()][];
    for (List<Integer> equal : byLength.values()) {
      for (int from = 0; from < equal.size(); from += BATCH) {
        List<Integer> batch = equal.subList(from, Math.min(equal.size(), from + BATCH));
        float[][] some = model.features(batch.stream().map(encodings::get).toList());
        for (int i = 0; i < some.length; i++) {
          features[batch.get(i)] = some[i];
        }
      }
    }
    return new ArrayList<>(List.of(features));
  }

  @Override
  public float[] wordTable() {
    return table.values();
  }

  @Override
  public String piece(int id) {
    return pieces.text(id);
  }

  @Override
  public boolean contentWord(int id) {
    return content[id];
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = OnnxTextEncoder.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return in.readAllBytes();
    }
  }

  /** Other pooling makes another encoder of the same weights. */
  private static String sha256(byte[] onnx, Pooling pooling) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(onnx);
      if (pooling != Pooling.MEAN) {
        digest.update(pooling.name().getBytes(StandardCharsets.US_ASCII));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
