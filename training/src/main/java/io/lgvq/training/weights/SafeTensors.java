package io.lgvq.training.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * Named arrays in one file in the safetensors format, written as float32. {@link SafeTensorsFile}
 * reads it, and those of others.
 *
 * @param tensors by name
 * @param notes free text by name; the format's {@code __metadata__}
 */
public record SafeTensors(Map<String, Tensor> tensors, Map<String, String> notes) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOTES = "__metadata__";

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
   * Reads a file whole; 16-bit floats become float32.
   *
   * @throws IOException if it cannot be read, or is no safetensors file of floats
   */
  public static SafeTensors read(Path file) throws IOException {
    try (SafeTensorsFile stored = SafeTensorsFile.open(file)) {
      Map<String, Tensor> tensors = new TreeMap<>();
      for (String name : stored.shapes().keySet()) {
        tensors.put(name, stored.read(name));
      }
      return new SafeTensors(tensors, stored.notes());
    }
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
