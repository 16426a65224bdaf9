package io.lgvq.operators.bundle;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.image.Fit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code bundle.yaml} says: the contract of {@code docs/bundle.md} as data. Training writes
 * it, serving reads it, both through {@link ManifestYaml}.
 *
 * <p>A manifest that exists is consistent in itself; whether the files keep what it promises is
 * {@link Bundle}'s matter.
 *
 * @param format version of the contract, {@value #FORMAT}
 * @param name of the bundle; travels in every token record
 * @param version of the bundle
 * @param licence SPDX identifier of the weights' licence
 * @param preset the configuration that it was trained with
 * @param image what the encoder wants and the decoder gives
 * @param grid how many codes an image becomes
 * @param codebook the vectors
 * @param text the words; absent where no head speaks or reads
 * @param language the text encoder that matching goes with; absent where nothing is matched
 * @param reference file: which codes ordinary images are made of; absent where nobody measured it
 * @param models file of each graph that the bundle has
 * @param answerThreshold 0 .. 1: a best answer below it is not sure
 * @param engine advice for who runs it
 * @param metrics free: what was measured, and by which command
 * @param files SHA-256 of every file but {@code bundle.yaml}
 */
public record BundleManifest(
    int format,
    String name,
    String version,
    String licence,
    String preset,
    ImageShape image,
    GridShape grid,
    Vectors codebook,
    Optional<Text> text,
    Optional<Language> language,
    Optional<String> reference,
    Map<Graph, String> models,
    float answerThreshold,
    Hints engine,
    Map<String, Object> metrics,
    Map<String, String> files) {

  /** The one version of the contract that this code knows. */
  public static final int FORMAT = 1;

  private static final Set<Graph> LANGUAGE =
      EnumSet.of(Graph.MATCH, Graph.MASKED_WORD, Graph.RELATION);

  /** The manifest's own file name. */
  public static final String FILE = "bundle.yaml";

  /** Checks what can be checked without the files. */
  public BundleManifest {
    require(format == FORMAT, "format must be " + FORMAT + " but is " + format);
    require(!name.isBlank(), "name must not be blank");
    require(!version.isBlank(), "version must not be blank");
    require(!models.isEmpty(), "models must name one graph at least");
    models = Collections.unmodifiableMap(new EnumMap<>(models));
    require(
        models.containsKey(Graph.CAPTION_MEMORY) == models.containsKey(Graph.CAPTION_STEP),
        "captionMemory and captionStep go together, and only one of them is there");
    boolean speaks = models.containsKey(Graph.CAPTION_STEP) || models.containsKey(Graph.ANSWER);
    require(!speaks || text.isPresent(), "a caption or answer graph needs the section text");
    require(
        !models.containsKey(Graph.ANSWER) || text.flatMap(Text::answers).isPresent(),
        "an answer graph needs text.answers");
    boolean matches = LANGUAGE.stream().anyMatch(models::containsKey);
    require(
        !matches || language.isPresent(),
        "a match, maskedWord or relation graph needs the section language");
    require(
        models.containsKey(Graph.PAINT_MEMORY) == models.containsKey(Graph.PAINT_STEP),
        "paintMemory and paintStep go together, and only one of them is there");
    require(
        !models.containsKey(Graph.PAINT_STEP) || text.isPresent(),
        "a paint graph needs the section text");
    require(
        answerThreshold >= 0 && answerThreshold <= 1,
        "answerThreshold must be in 0..1 but is " + answerThreshold);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** The codebook as tokens name it. */
  public Codebook identity() {
    return new Codebook(name, version, codebook.digest(), codebook.size());
  }

  /**
   * The pictures of the encoder and the decoder.
   *
   * @param width in pixels
   * @param height in pixels
   * @param fit what happens to another aspect
   * @param mean of the channels R, G, B, where values run 0 .. 1
   * @param deviation of the channels R, G, B; network input = (value / 255 - mean) / deviation
   */
  public record ImageShape(
      int width, int height, Fit fit, List<Float> mean, List<Float> deviation) {

    /** Checks sizes and counts. */
    public ImageShape {
      require(width > 0 && height > 0, "image.width and image.height must be positive");
      require(mean.size() == 3, "image.mean must have three values");
      require(
          deviation.size() == 3 && deviation.stream().allMatch(value -> value > 0),
          "image.deviation must have three positive values");
      mean = List.copyOf(mean);
      deviation = List.copyOf(deviation);
    }
  }

  /**
   * The codes of an image, row-major.
   *
   * @param height rows
   * @param width columns
   * @param depth codes a place
   */
  public record GridShape(int height, int width, int depth) {

    /** Checks the sizes. */
    public GridShape {
      require(
          height > 0 && width > 0 && depth > 0,
          "grid.height, grid.width and grid.depth must be positive");
    }

    /** Codes an image: the n of the graphs' signatures. */
    public int codes() {
      return Math.multiplyExact(Math.multiplyExact(height, width), depth);
    }
  }

  /**
   * The codebook's vectors.
   *
   * @param size number K of codes
   * @param dimension length d of each
   * @param file K x d little-endian float32, row-major
   * @param digest SHA-256 of that file: the codebook's identity
   */
  public record Vectors(int size, int dimension, String file, String digest) {

    /** Checks the ranges. */
    public Vectors {
      require(
          size > 0 && size <= Codebook.MAX_SIZE,
          "codebook.size must be in 1.." + Codebook.MAX_SIZE + " but is " + size);
      require(dimension > 0, "codebook.dimension must be positive");
    }
  }

  /**
   * The words of the heads.
   *
   * @param vocabulary file: line n is word n
   * @param answers file: line n is answer n; absent where there is no answer head
   * @param captionLength T, the begin mark included
   * @param questionLength Q
   */
  public record Text(
      String vocabulary, Optional<String> answers, int captionLength, int questionLength) {

    /** Checks the lengths. */
    public Text {
      require(captionLength > 1, "text.captionLength must be 2 at least");
      require(questionLength > 0, "text.questionLength must be positive");
    }
  }

  /**
   * The text encoder in whose space codes and texts meet.
   *
   * @param encoder name for people, for instance {@code all-MiniLM-L6-v2}
   * @param digest SHA-256 that tells this very encoder
   * @param dimension d_t, length of its sentence vectors
   * @param words file: line n is the word piece of number n + 2 of the masked-word graph (0 is the
   *     end, 1 any other piece)
   * @param captionLength longest caption of that graph, in word pieces
   */
  public record Language(
      String encoder, String digest, int dimension, String words, int captionLength) {

    /** Checks the lengths. */
    public Language {
      require(dimension > 0, "language.dimension must be positive");
      require(captionLength > 0, "language.captionLength must be positive");
    }
  }

  /**
   * Advice, no promise.
   *
   * @param batch the batch at which the author measured best throughput
   */
  public record Hints(int batch) {

    /** Checks the range. */
    public Hints {
      require(batch > 0, "engine.batch must be positive");
    }
  }

  private static void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(problem);
    }
  }
}
