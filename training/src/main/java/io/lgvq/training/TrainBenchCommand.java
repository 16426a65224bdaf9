package io.lgvq.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lgvq.training.run.Preset;
import io.lgvq.training.throughput.StepComparison;
import io.lgvq.training.throughput.StepComparison.Round;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench train}: what a step costs here and in plain PyTorch, turn by turn in one run. */
@Command(
    name = "train",
    description =
        "Times steps of a preset's plain tokenizer here and in plain PyTorch (python3 with torch).",
    mixinStandardHelpOptions = true)
public final class TrainBenchCommand implements Callable<Integer> {

  private static final String SCRIPT = "benchmarks/src/main/python/tokenizer_step.py";

  @Option(
      names = "--preset",
      defaultValue = "small",
      description = "small, tiny, paper, or a YAML file (default: ${DEFAULT-VALUE})")
  private String preset;

  @Option(
      names = "--steps",
      defaultValue = "20",
      description = "Steps a round (default: ${DEFAULT-VALUE})")
  private int steps;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Rounds that count (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    TorchThreads.use(1);
    if (steps < 1 || rounds < 1) {
      throw new ParameterException(spec.commandLine(), "--steps and --rounds are 1 or more");
    }
    PrintWriter out = spec.commandLine().getOut();
    Path script = Path.of(System.getProperty("lgvq.root", ".")).resolve(SCRIPT);
    StepComparison done =
        StepComparison.run(
            Preset.of(preset).tokenizer(), script, steps, rounds, round -> say(out, line(round)));
    List<Double> ratios = done.ratios();
    say(
        out,
        String.format(
            Locale.ROOT,
            "%s, %d parameters, batches of %d, one thread each side: this trainer (PyTorch %s) /"
                + " plain PyTorch %s, time a step: median %.3f, min %.3f, max %.3f of %d rounds",
            preset,
            done.parameters(),
            done.batch(),
            done.own(),
            done.plain(),
            done.median(),
            ratios.get(0),
            ratios.get(ratios.size() - 1),
            rounds));
    say(out, json(done));
    return 0;
  }

  private static String line(Round round) {
    return String.format(
        Locale.ROOT,
        "this trainer %.1f ms a step, plain PyTorch %.1f ms, ratio %.3f",
        round.own(),
        round.plain(),
        round.ratio());
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private String json(StepComparison done) throws IOException {
    JsonMapper mapper = new JsonMapper();
    ObjectNode node = mapper.createObjectNode().put("preset", preset);
    node.setAll((ObjectNode) mapper.valueToTree(done));
    List<Double> ratios = done.ratios();
    node.putObject("ratio")
        .put("median", done.median())
        .put("min", ratios.get(0))
        .put("max", ratios.get(ratios.size() - 1));
    return mapper.writeValueAsString(node);
  }
}
