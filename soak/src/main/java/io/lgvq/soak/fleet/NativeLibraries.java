package io.lgvq.soak.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rocksdb.util.Environment;

/**
 * The native libraries of RocksDB and ONNX Runtime, unpacked once. Each instance would unpack them
 * for itself, which takes a second at every start, and is not possible where files cannot grow.
 */
final class NativeLibraries {

  private static final String ONNX = "ai/onnxruntime/native/";
  private static final List<String> ONNX_NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

  private NativeLibraries() {}

  /**
   * Unpacks those of this platform.
   *
   * @return options that make a JVM find them; empty for those that the class path does not have
   */
  static List<String> unpack(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> options = new ArrayList<>();
    String rocks = Environment.getJniLibraryFileName("rocksdb");
    if (copy(rocks, folder.resolve(rocks))) {
      options.add("-Djava.library.path=" + folder);
    }
    boolean all = true;
    for (String name : ONNX_NAMES) {
      String file = System.mapLibraryName(name);
      all &= copy(ONNX + onnxPlatform() + "/" + file, folder.resolve(file));
    }
    if (all) {
      options.add("-Donnxruntime.native.path=" + folder);
    }
    return options;
  }

  private static String onnxPlatform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (system.contains("mac") ? "osx-" : "linux-")
        + (processor.equals("amd64") || processor.equals("x86_64") ? "x64" : processor);
  }

  private static boolean copy(String resource, Path file) throws IOException {
    try (InputStream in = NativeLibraries.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        return false;
      }
      Files.copy(in, file);
      return true;
    }
  }
}
