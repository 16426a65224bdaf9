package io.lgvq.cli;

import io.lgvq.cli.shell.Project;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.engine.EngineKind;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.serve.BundleOperators;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command that runs a model in this JVM. */
final class ModelOptions {
  @Option(
      names = "--bundle",
      paramLabel = "FOLDER",
      defaultValue = "bundles/lgvq-small",
      description = "The models to run. Default: ${DEFAULT-VALUE}.")
  private Path bundle;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "onnxruntime",
      description = "Where they run: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private EngineKind engine;

  /** The bundle's operators; nothing is loaded yet. */
  BundleOperators operators() {
    int threads = Runtime.getRuntime().availableProcessors();
    EngineSettings settings = new EngineSettings(engine, threads, 0, false, Optional.empty());
    return BundleOperators.of(Bundle.open(Project.current().bundle(bundle)), settings);
  }
}
