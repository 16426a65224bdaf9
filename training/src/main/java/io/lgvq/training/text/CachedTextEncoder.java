package io.lgvq.training.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A text encoder that works out each sentence's feature once: it keeps them in a file, so that a
 * run that was stopped goes on where it was, and the most recent ones in memory. Features from the
 * file are rounded to 16-bit floats (about 1e-4 of their length), and so are fresh ones, so a
 * result does not depend on what was cached.
 *
 * <p>Threading: safe for several threads. Owns the encoder that it wraps, and its file.
 */
public final class CachedTextEncoder implements TextEncoder {

  private static final int IN_MEMORY = 50_000;
  private static final int CHUNK = 1024;

  private final TextEncoder encoder;
  private final List<FeatureFile> files = new ArrayList<>();
  private final Map<TextKey, float[]> recent =
      new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TextKey, float[]> eldest) {
          return size() > IN_MEMORY;
        }
      };

  /**
   * @param encoder closed with this one
   * @param file made when it is not there; several processes at once write one file each, with a
   *     number behind its name, and read those that others began before them, what these add
   *     meanwhile included: two trainings side by side then work out hardly anything twice
   * @throws IOException if the file cannot be opened
   * @throws IllegalArgumentException if the file holds features of another encoder
   */
  public CachedTextEncoder(TextEncoder encoder, Path file) throws IOException {
    this.encoder = encoder;
    Path next = file;
    while (files.isEmpty() || Files.exists(next) || !writer().writes()) {
      files.add(new FeatureFile(next, encoder.digest(), encoder.dimension()));
      next = file.resolveSibling(file.getFileName() + "." + files.size());
    }
  }

  /** The first file that is this process's own, or the last one. */
  private FeatureFile writer() {
    return files.stream()
        .filter(FeatureFile::writes)
        .findFirst()
        .orElse(files.get(files.size() - 1));
  }

  /**
   * Works out the features of many texts and keeps them; what is there already costs nothing.
   *
   * @param texts may repeat
   * @param progress is told the number of different texts done so far, now and then
   * @return number of texts that had to be worked out
   */
  public int warm(Collection<String> texts, LongConsumer progress) {
    List<String> distinct = List.copyOf(new LinkedHashSet<>(texts));
    int fresh = 0;
    for (int from = 0; from < distinct.size(); from += CHUNK) {
      int to = Math.min(distinct.size(), from + CHUNK);
      List<String> missing =
          distinct.subList(from, to).stream()
              .filter(text -> known(TextKey.of(text)) == null)
              .toList();
      fresh += missing.size();
      sentences(missing);
      progress.accept(to);
    }
    return fresh;
  }

  /** Number of features in the files. */
  public int stored() {
    return files.stream().mapToInt(FeatureFile::size).sum();
  }

  @Override
  public List<float[]> sentences(List<String> texts) {
    Map<String, float[]> features = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (String text : texts) {
      if (!features.containsKey(text)) {
        float[] feature = known(TextKey.of(text));
        features.put(text, feature);
        if (feature == null) {
          missing.add(text);
        }
      }
    }
    if (!missing.isEmpty()) {
      List<float[]> fresh = encoder.sentences(missing);
      for (int i = 0; i < missing.size(); i++) {
        features.put(missing.get(i), keep(TextKey.of(missing.get(i)), fresh.get(i)));
      }
    }
    return texts.stream().map(text -> features.get(text).clone()).toList();
  }

  /** The feature, or null where it has to be worked out. */
  private float[] known(TextKey key) {
    synchronized (recent) {
      float[] feature = recent.get(key);
      if (feature != null) {
        return feature;
      }
    }
    try {
      for (FeatureFile file : files) {
        Optional<float[]> found = file.get(key);
        if (found.isPresent()) {
          return remember(key, found.get());
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private float[] keep(TextKey key, float[] feature) {
    float[] rounded = Halves.rounded(feature);
    try {
      writer().put(key, rounded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return remember(key, rounded);
  }

  private float[] remember(TextKey key, float[] feature) {
    synchronized (recent) {
      recent.put(key, feature);
    }
    return feature;
  }

  @Override
  public String name() {
    return encoder.name();
  }

  @Override
  public String digest() {
    return encoder.digest();
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  @Override
  public int vocabularySize() {
    return encoder.vocabularySize();
  }

  @Override
  public int[] tokens(String text) {
    return encoder.tokens(text);
  }

  @Override
  public float[] wordTable() {
    return encoder.wordTable();
  }

  @Override
  public String piece(int id) {
    return encoder.piece(id);
  }

  @Override
  public boolean contentWord(int id) {
    return encoder.contentWord(id);
  }

  @Override
  public void close() {
    try {
      for (FeatureFile file : files) {
        file.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      encoder.close();
    }
  }
}
