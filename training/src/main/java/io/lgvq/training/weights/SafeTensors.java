package io.lgvq.training.weights;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Named arrays in one file in the safetensors format (float32 only): eight bytes with the length of
 * a JSON header, the header, then the values, little-endian.
 *
 * @param tensors by name
 * @param notes free text by name; the format's {@code __metadata__}
 */
public record SafeTensors(Map<String, Tensor> tensors, Map<String, String> notes) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOTES = "__metadata__";
  private static final int LARGEST_HEADER = 100_000_000;

  /** Copies both maps. */
  public SafeTensors {
    tensors = Map.copyOf(tensors);
    notes = Map.copyOf(notes);
  }

  /**
   * Writes beside the file and renames, so that a reader or a crash never sees half of it. The same
   * arrays give the same bytes.
   */
  public void write(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    // One name, so that a writer that was killed leaves no more than one draft behind.
    Path draft = parent.resolve(file.getFileName() + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft))) {
      writeTo(out);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void writeTo(OutputStream out) throws IOException {
    Map<String, Tensor> sorted = new TreeMap<>(tensors);
    ObjectNode header = JSON.createObjectNode();
    header.set(NOTES, JSON.valueToTree(new TreeMap<>(notes)));
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : sorted.entrySet()) {
      long end = offset + 4L * entry.getValue().values().length;
      ObjectNode field = header.putObject(entry.getKey()).put("dtype", "F32");
      entry.getValue().shape().forEach(field.withArray("shape")::add);
      field.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] text = JSON.writeValueAsBytes(header);
    out.write(littleEndian(Long.BYTES).putLong(text.length).array());
    out.write(text);
    for (Tensor tensor : sorted.values()) {
      ByteBuffer bytes = littleEndian(4 * tensor.values().length);
      bytes.asFloatBuffer().put(tensor.values());
      out.write(bytes.array());
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or is no safetensors file of float32 arrays
   */
  public static SafeTensors read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long length = read(channel, Long.BYTES, file).getLong();
      if (length < 2 || length > LARGEST_HEADER) {
        throw new IOException(file + " is no safetensors file: header of " + length + " bytes");
      }
      JsonNode header = JSON.readTree(read(channel, (int) length, file).array());
      long start = Long.BYTES + length;
      Map<String, Tensor> tensors = new TreeMap<>();
      Map<String, String> notes = Map.of();
      for (Map.Entry<String, JsonNode> field : header.properties()) {
        if (field.getKey().equals(NOTES)) {
          notes = JSON.convertValue(field.getValue(), new TypeReference<Map<String, String>>() {});
        } else {
          tensors.put(field.getKey(), tensor(field.getValue(), channel, start, file));
        }
      }
      return new SafeTensors(tensors, notes);
    }
  }

  private static Tensor tensor(JsonNode field, FileChannel channel, long start, Path file)
      throws IOException {
    if (!"F32".equals(field.path("dtype").asText())) {
      throw new IOException(file + " holds values of type " + field.path("dtype").asText());
    }
    long from = field.path("data_offsets").path(0).asLong();
    long to = field.path("data_offsets").path(1).asLong();
    channel.position(start + from);
    float[] values = new float[Math.toIntExact((to - from) / 4)];
    read(channel, Math.toIntExact(to - from), file).asFloatBuffer().get(values);
    List<Long> shape = new ArrayList<>();
    field.path("shape").forEach(length -> shape.add(length.asLong()));
    return new Tensor(shape, values);
  }

  private static ByteBuffer read(FileChannel channel, int length, Path file) throws IOException {
    ByteBuffer bytes = littleEndian(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new IOException(file + " ends early");
      }
    }
    return bytes.flip();
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
