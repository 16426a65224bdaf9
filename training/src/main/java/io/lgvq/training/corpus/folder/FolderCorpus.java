package io.lgvq.training.corpus.folder;

import io.lgvq.operators.image.Decoded;
import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.operators.image.Pixels;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.corpus.Traits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One's own images with captions and, where there are any, questions: a JSON-lines file (see {@link
 * #open}), or a folder where {@code cat.jpg} has its captions in {@code cat.txt}, one a line.
 *
 * <p>About 90 in 100 images are for training, 5 for validation and 5 for testing, by a digest of
 * their id, so that an image stays in its split when others come or go. Images are read when asked
 * for. Threading: safe for several threads, as its decoder is; the decoder stays the caller's.
 */
public final class FolderCorpus implements Corpus {

  private static final String TRAIN = "train";
  private static final String VALIDATION = "validation";
  private static final String TEST = "test";

  private final String name;
  private final String attribution;
  private final ImageDecoder decoder;
  private final int width;
  private final int height;
  private final Map<String, List<Entry>> splits = new LinkedHashMap<>();

  private FolderCorpus(
      String name,
      String attribution,
      List<Entry> entries,
      ImageDecoder decoder,
      int width,
      int height) {
    this.name = name;
    this.attribution = attribution;
    this.decoder = decoder;
    this.width = width;
    this.height = height;
    List.of(TRAIN, VALIDATION, TEST).forEach(split -> splits.put(split, new ArrayList<>()));
    Set<String> ids = new HashSet<>();
    for (Entry entry : entries) {
      if (!ids.add(entry.id())) {
        throw new IllegalArgumentException("the id '%s' stands twice".formatted(entry.id()));
      }
      splits.get(split(entry.id())).add(entry);
    }
  }

  /**
   * Opens a corpus. Each line of a JSON-lines file is an object with {@code image} (path, relative
   * to the file), {@code captions} (list) and, if there are any, {@code id}, {@code questions}
   * (objects with {@code question}, {@code answer}, {@code type}), {@code objects} (list), {@code
   * counts} (list, how many of each object) and {@code traits} (object of words, by which an audit
   * compares images). A file {@code ATTRIBUTION.md} beside the images goes into the model card as
   * it is.
   *
   * @param source folder, or JSON-lines file
   * @param decoder gives pictures of just that width and height
   * @param width of the samples' pictures, in pixels
   * @param height of the samples' pictures, in pixels
   * @throws IOException if the source cannot be read
   * @throws IllegalArgumentException if a line is not as it should be, an id stands twice, or there
   *     is no image with a caption
   */
  public static FolderCorpus open(Path source, ImageDecoder decoder, int width, int height)
      throws IOException {
    boolean folder = Files.isDirectory(source);
    List<Entry> entries = folder ? CaptionedFolder.read(source) : JsonLines.read(source);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("%s holds no image with a caption".formatted(source));
    }
    String name = source.toAbsolutePath().getFileName().toString();
    Path credits =
        folder ? source.resolve("ATTRIBUTION.md") : source.resolveSibling("ATTRIBUTION.md");
    String attribution =
        Files.exists(credits)
            ? Files.readString(credits)
            : "%d images of the trainer's own (%s).".formatted(entries.size(), name);
    return new FolderCorpus(name, attribution, entries, decoder, width, height);
  }

  private static String split(String id) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      int place = ((digest[0] & 255) << 8 | digest[1] & 255) % 100;
      return place < 90 ? TRAIN : place < 95 ? VALIDATION : TEST;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String attribution() {
    return attribution;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public List<String> splits() {
    return List.copyOf(splits.keySet());
  }

  @Override
  public long size(String split) {
    return entries(split).size();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the image cannot be decoded, with the reason
   */
  @Override
  public Sample sample(String split, long index) {
    List<Entry> entries = entries(split);
    if (index < 0 || index >= entries.size()) {
      throw new IllegalArgumentException("split %s has no sample %d".formatted(split, index));
    }
    Entry entry = entries.get((int) index);
    return new Sample(
        entry.id(),
        pixels(entry),
        entry.captions(),
        entry.questions(),
        entry.objects(),
        entry.counts(),
        new Traits(entry.traits(), List.of()));
  }

  private Pixels pixels(Entry entry) {
    Decoded decoded;
    try {
      decoded = decoder.decode(Files.readAllBytes(entry.image()), "");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + entry.image(), e);
    }
    if (decoded instanceof Decoded.Rejected rejected) {
      throw new IllegalStateException(
          "%s cannot be trained on: %s".formatted(entry.image(), rejected.detail()));
    }
    Pixels pixels = ((Decoded.Picture) decoded).pixels();
    if (pixels.width() != width || pixels.height() != height) {
      throw new IllegalStateException(
          "the decoder gives %s where %d x %d are needed".formatted(pixels, width, height));
    }
    return pixels;
  }

  private List<Entry> entries(String split) {
    List<Entry> entries = splits.get(split);
    if (entries == null) {
      throw new IllegalArgumentException("no split '" + split + "'");
    }
    return entries;
  }
}
