package io.lgvq.cli;

import io.lgvq.cli.shell.Json;
import io.lgvq.cli.shell.Project;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleException;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.operators.drift.CodeReference;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.serve.BundleOperators;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at bundles: what they are, and what is wrong with them. */
@Command(
    name = "bundle",
    mixinStandardHelpOptions = true,
    description = "Look at a bundle of models, ours or yours.",
    footer = {
      "",
      "The launcher itself also has:",
      "  import     make a bundle of VQGAN weights that were trained elsewhere (--help)",
      "  codebook   draw every code of a bundle (--help)",
      "  reference  put into a bundle which codes ordinary images are made of (--help)"
    })
final class BundleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "say inspect, verify, import, codebook or reference");
  }

  @Command(
      name = "inspect",
      mixinStandardHelpOptions = true,
      description = "Print what a bundle is.")
  int inspect(
      @Parameters(
              arity = "0..1",
              paramLabel = "BUNDLE",
              defaultValue = "bundles/lgvq-small",
              description =
                  "Folder, zip, or the name of one below bundles/. Default: ${DEFAULT-VALUE}.")
          Path location,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    Bundle bundle = Bundle.open(Project.current().bundle(location));
    Map<String, Object> facts = facts(bundle);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(facts));
    } else {
      // Hundreds of figures: the card has them in tables.
      facts.put("metrics", "in MODEL_CARD.md beside it, or here with --json");
      facts.forEach((name, value) -> out.printf("%-12s %s%n", name, plain(value)));
    }
    return ExitCode.OK;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Check a bundle: manifest, digests, and that every graph runs.")
  int verify(
      @Parameters(
              arity = "0..1",
              paramLabel = "BUNDLE",
              defaultValue = "bundles/lgvq-small",
              description =
                  "Folder, zip, or the name of one below bundles/. Default: ${DEFAULT-VALUE}.")
          Path location,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    List<String> problems = problems(Project.current().bundle(location));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> verdict = new LinkedHashMap<>();
      verdict.put("bundle", location.toString());
      verdict.put("good", problems.isEmpty());
      verdict.put("problems", problems);
      out.println(Json.pretty(verdict));
    } else if (problems.isEmpty()) {
      out.println(location + " is good: every digest matches, every graph runs.");
    } else {
      problems.forEach(out::println);
    }
    return problems.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static List<String> problems(Path location) {
    List<String> problems = Bundle.verify(location);
    if (!problems.isEmpty()) {
      return problems;
    }
    try {
      BundleOperators.of(Bundle.open(location), EngineSettings.cpu()).verify();
      return List.of();
    } catch (BundleException e) {
      return List.of(e.getMessage());
    }
  }

  private static Map<String, Object> facts(Bundle bundle) {
    BundleManifest manifest = bundle.manifest();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", manifest.name());
    facts.put("version", manifest.version());
    facts.put("licence", manifest.licence());
    facts.put("preset", manifest.preset());
    facts.put("image", manifest.image());
    facts.put("grid", manifest.grid());
    facts.put("codebook", manifest.codebook());
    facts.put("reference", reference(bundle));
    facts.put("models", manifest.models());
    facts.put("batch", manifest.engine().batch());
    facts.put("metrics", manifest.metrics());
    facts.put("bytes", new TreeMap<>(bundle.sizes()));
    return facts;
  }

  private static String reference(Bundle bundle) {
    return bundle
        .reference()
        .map(CodeReference::measuredBy)
        .orElse("none; ./lgvq bundle reference measures one");
  }

  private static String plain(Object value) {
    return value instanceof String text ? text : Json.compact(value);
  }
}
