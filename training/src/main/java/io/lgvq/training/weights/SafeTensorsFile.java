package io.lgvq.training.weights;

import io.lgvq.training.weights.SafeTensorsHeader.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An open safetensors file, whoever wrote it: eight bytes with the length of a JSON header, the
 * header, then the values, little-endian. An array is read when it is asked for, so a large file
 * costs no more memory than its largest array.
 *
 * <p>Threading: one thread. Whoever opened it closes it. Nothing is allocated that the file's own
 * length does not bear out.
 */
public final class SafeTensorsFile implements Closeable {

  private static final int LARGEST_HEADER = 1 << 24;
  private static final int CHUNK = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final SafeTensorsHeader header;
  private final long start;

  private SafeTensorsFile(Path file, FileChannel channel, SafeTensorsHeader header, long start) {
    this.file = file;
    this.channel = channel;
    this.header = header;
    this.start = start;
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws IOException if it cannot be read, or is no whole safetensors file; the message is one
   *     sentence that begins with the file
   */
  public static SafeTensorsFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      long size = channel.size();
      if (size < Long.BYTES) {
        throw new IOException(file + " is no safetensors file: it has " + size + " bytes");
      }
      ByteBuffer prefix = littleEndian(Long.BYTES);
      fill(prefix, channel, 0, file);
      long length = prefix.getLong();
      long rest = size - Long.BYTES;
      if (length < 2 || length > LARGEST_HEADER) {
        throw new IOException(file + " is no safetensors file: header of " + length + " bytes");
      }
      if (length > rest) {
        throw new IOException(
            "%s ends early: its header has %d bytes, and %d are there"
                .formatted(file, length, rest));
      }
      ByteBuffer text = littleEndian((int) length);
      fill(text, channel, Long.BYTES, file);
      return new SafeTensorsFile(
          file, channel, header(text.array(), rest - length, file), Long.BYTES + length);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static SafeTensorsHeader header(byte[] text, long available, Path file)
      throws IOException {
    try {
      return SafeTensorsHeader.parse(text, available);
    } catch (IOException e) {
      throw new IOException(file + " " + e.getMessage(), e);
    }
  }

  /** The shapes of all arrays, by name. */
  public Map<String, List<Long>> shapes() {
    Map<String, List<Long>> shapes = new TreeMap<>();
    header.entries().forEach((name, entry) -> shapes.put(name, entry.shape()));
    return shapes;
  }

  /** Free text by name. */
  public Map<String, String> notes() {
    return header.notes();
  }

  /**
   * Reads one array.
   *
   * @param name one of {@link #shapes()}
   * @throws IOException if its values are neither F32 nor F16 nor BF16, or cannot be read
   */
  public Tensor read(String name) throws IOException {
    Entry entry = header.entries().get(name);
    if (!entry.type().readable()) {
      throw new IOException(
          "%s: tensor %s holds values of type %s, and F32, F16 and BF16 are read"
              .formatted(file, name, entry.type()));
    }
    if (entry.count() > Integer.MAX_VALUE - Long.BYTES) {
      throw new IOException("%s: tensor %s has too many values".formatted(file, name));
    }
    float[] values = new float[(int) entry.count()];
    int each = entry.type().bytes();
    ByteBuffer chunk = littleEndian((int) Math.min(CHUNK, (long) values.length * each));
    for (int done = 0; done < values.length; ) {
      int count = Math.min(chunk.capacity() / each, values.length - done);
      fill(
          chunk.clear().limit(count * each),
          channel,
          start + entry.from() + (long) done * each,
          file);
      for (int end = done + count; done < end; done++) {
        values[done] = entry.type().next(chunk);
      }
    }
    return new Tensor(entry.shape(), values);
  }

  private static void fill(ByteBuffer buffer, FileChannel channel, long position, Path file)
      throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, at);
      if (count < 0) {
        throw new IOException(file + " ends early");
      }
      at += count;
    }
    buffer.flip();
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
