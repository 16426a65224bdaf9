package io.lgvq.training.text;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import ai.djl.util.Float16Utils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Features by text in one growing file: a header of 68 bytes (digest of the encoder as hexadecimal
 * text, dimension), then records of 16 bytes of the text's SHA-256 and the feature as 16-bit
 * floats, all little-endian.
 *
 * <p>Threading: safe for several threads. One process writes; another that opens the same file
 * meanwhile reads what is there, also what comes later, and keeps its own additions to itself. A
 * record that a crash cut off is dropped at the next start.
 */
final class FeatureFile implements AutoCloseable {

  private static final int HEADER = 68;
  private static final int KEY = 16;

  private final FileChannel channel;
  private final boolean writer;
  private final int dimension;
  private final Map<TextKey, Long> places = new HashMap<>();

  /** Whether there was a header to be checked. */
  private final boolean checked;

  /** Behind the last whole record that is known. */
  private long end = HEADER;

  /**
   * @throws IOException if the file cannot be opened
   * @throws IllegalArgumentException if it belongs to another encoder
   */
  FeatureFile(Path file, String digest, int dimension) throws IOException {
    this.dimension = dimension;
    Files.createDirectories(file.toAbsolutePath().getParent());
    channel = FileChannel.open(file, CREATE, READ, WRITE);
    writer = locked(channel);
    if (channel.size() < HEADER && writer) {
      write(0, header(digest));
    }
    checked = writer || channel.size() >= HEADER;
    if (checked) {
      checkHeader(file, digest);
      index();
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private ByteBuffer header(String digest) {
    return ByteBuffer.allocate(HEADER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(digest.getBytes(StandardCharsets.US_ASCII))
        .putInt(dimension)
        .flip();
  }

  private void checkHeader(Path file, String digest) throws IOException {
    ByteBuffer found = read(0, HEADER);
    if (!found.equals(header(digest))) {
      throw new IllegalArgumentException(
          "%s holds features of another text encoder; name another file or delete it."
              .formatted(file));
    }
  }

  /** Takes note of all whole records that are there by now. */
  private void index() throws IOException {
    int record = KEY + 2 * dimension;
    for (long size = channel.size(); end + record <= size; end += record) {
      places.put(TextKey.of(read(end, KEY)), end + KEY);
    }
  }

  /** Whether what is put is kept: no other process writes to this file. */
  boolean writes() {
    return writer;
  }

  synchronized Optional<float[]> get(TextKey key) throws IOException {
    if (!writer && checked && !places.containsKey(key)) {
      index();
    }
    Long place = places.get(key);
    if (place == null) {
      return Optional.empty();
    }
    ByteBuffer halves = read(place, 2 * dimension);
    float[] feature = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      feature[i] = Float16Utils.halfToFloat(halves.getShort());
    }
    return Optional.of(feature);
  }

  /** Appends a feature; does nothing where the key is there already or another process writes. */
  synchronized void put(TextKey key, float[] feature) throws IOException {
    if (!writer || places.containsKey(key)) {
      return;
    }
    ByteBuffer record =
        ByteBuffer.allocate(KEY + 2 * dimension)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(key.high())
            .putLong(key.low());
    for (float value : feature) {
      record.putShort(Float16Utils.floatToHalf(value));
    }
    write(end, record.flip());
    places.put(key, end + KEY);
    end += KEY + 2L * dimension;
  }

  synchronized int size() {
    return places.size();
  }

  private void write(long at, ByteBuffer bytes) throws IOException {
    long place = at;
    while (bytes.hasRemaining()) {
      place += channel.write(bytes, place);
    }
  }

  private ByteBuffer read(long at, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
      // Until full, or the file ends.
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
