package io.lgvq.operators.bundle;

import io.lgvq.operators.image.Fit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bundle of four codes whose "graphs" are arbitrary bytes: enough for all that knows no engine.
 */
final class HandmadeBundle {

  static final int CODES = 4;
  static final int DIMENSION = 2;

  private HandmadeBundle() {}

  static Path in(Path folder) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    ByteBuffer vectors = ByteBuffer.allocate(4 * CODES * DIMENSION).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < CODES * DIMENSION; i++) {
      vectors.putFloat(i);
    }
    files.put("codebook.bin", vectors.array());
    files.put("encoder.onnx", utf8("any bytes"));
    files.put("vocabulary.txt", utf8("<pad>\n<unknown>\n<begin>\n<end>\ncat\n"));
    files.put("answers.txt", utf8("yes\nno\n"));
    Map<String, String> digests = new HashMap<>();
    for (var file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
      digests.put(file.getKey(), Sha256.of(file.getValue()));
    }
    Files.writeString(
        folder.resolve(BundleManifest.FILE),
        ManifestYaml.write(manifest(digests.get("codebook.bin"), digests)));
    return folder;
  }

  static BundleManifest manifest(String codebookDigest, Map<String, String> digests) {
    return new BundleManifest(
        1,
        "handmade",
        "1.0.0",
        "Apache-2.0",
        "none",
        new BundleManifest.ImageShape(
            8, 8, Fit.CROP, List.of(0.5f, 0.5f, 0.5f), List.of(0.5f, 0.5f, 0.5f)),
        new BundleManifest.GridShape(2, 2, 1),
        new BundleManifest.Vectors(CODES, DIMENSION, "codebook.bin", codebookDigest),
        Optional.of(new BundleManifest.Text("vocabulary.txt", Optional.of("answers.txt"), 6, 5)),
        Optional.empty(),
        Optional.empty(),
        Map.of(Graph.ENCODER, "encoder.onnx"),
        0.3f,
        new BundleManifest.Hints(32),
        Map.of("psnr", 22.5),
        digests);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
