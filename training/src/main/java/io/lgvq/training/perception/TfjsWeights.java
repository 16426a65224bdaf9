package io.lgvq.training.perception;

import io.lgvq.training.weights.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Weights of a TensorFlow.js graph model as npm packages carry them: scripts, of which one holds
 * the manifest ({@code model.min.js}) and the others the bytes in base64. Weights are 8-bit and
 * come out as {@code min + scale * byte}, in TensorFlow's layout. Stateless.
 */
final class TfjsWeights {

  private static final String MANIFEST = "model.min.js";
  private static final Pattern WEIGHT =
      Pattern.compile(
          "\\{name:\"([^\"]+)\",shape:\\[([\\d,]*)],dtype:\"float32\","
              + "quantization:\\{min:([-+.\\de]+),scale:([-+.\\de]+),dtype:\"uint8\"}}");
  private static final Pattern SHARDS = Pattern.compile("weightsManifest:\\[\\{paths:\\[([^]]+)]");

  private TfjsWeights() {}

  private record Entry(String name, List<Long> shape, float min, float scale) {
    int size() {
      return shape.stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact);
    }
  }

  /**
   * Reads the weights of a folder, by the last parts of their names.
   *
   * @param prefix up to which names are cut off; weights without it are left out
   * @throws IOException if a file cannot be read or holds something else
   */
  static Map<String, Tensor> read(Path folder, String prefix) throws IOException {
    String manifest = Files.readString(folder.resolve(MANIFEST));
    List<Entry> entries = entries(manifest);
    byte[] bytes = bytes(folder, manifest);
    Map<String, Tensor> weights = new TreeMap<>();
    int from = 0;
    for (Entry entry : entries) {
      int to = from + entry.size();
      if (to > bytes.length) {
        throw new IOException(folder + " holds fewer weights than its manifest names");
      }
      int at = entry.name().indexOf(prefix);
      if (at >= 0) {
        weights.put(entry.name().substring(at + prefix.length()), tensor(entry, bytes, from));
      }
      from = to;
    }
    if (from != bytes.length || entries.isEmpty()) {
      throw new IOException(folder + " is not a TensorFlow.js model with 8-bit weights alone");
    }
    return weights;
  }

  private static List<Entry> entries(String manifest) {
    List<Entry> entries = new ArrayList<>();
    Matcher matcher = WEIGHT.matcher(manifest);
    while (matcher.find()) {
      List<Long> shape = new ArrayList<>();
      for (String length : matcher.group(2).split(",")) {
        if (!length.isEmpty()) {
          shape.add(Long.parseLong(length));
        }
      }
      float min = Float.parseFloat(matcher.group(3));
      entries.add(new Entry(matcher.group(1), shape, min, Float.parseFloat(matcher.group(4))));
    }
    return entries;
  }

  private static byte[] bytes(Path folder, String manifest) throws IOException {
    Matcher shards = SHARDS.matcher(manifest);
    if (!shards.find()) {
      throw new IOException(folder.resolve(MANIFEST) + " names no files with weights");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : shards.group(1).replace("\"", "").split(",")) {
      String script = Files.readString(folder.resolve(name + ".min.js"), StandardCharsets.US_ASCII);
      try {
        all.writeBytes(Base64.getDecoder().decode(longestString(script)));
      } catch (IllegalArgumentException e) {
        throw new IOException(name + ".min.js holds no bytes in base64", e);
      }
    }
    return all.toByteArray();
  }

  /** The data stands in quotes, and nothing else there is nearly as long. */
  private static String longestString(String script) {
    String longest = "";
    for (String part : script.split("[\"'`]")) {
      longest = part.length() > longest.length() ? part : longest;
    }
    return longest;
  }

  private static Tensor tensor(Entry entry, byte[] bytes, int from) {
    float[] values = new float[entry.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = entry.min() + entry.scale() * (bytes[from + i] & 255);
    }
    return new Tensor(entry.shape(), values);
  }
}
