package io.lgvq.cli.topics;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sees to the topics that the stages stand on. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "Make the topics of the stages on your Kafka, or see what is wrong with them.",
    subcommands = {TopicsCreate.class, TopicsDescribe.class})
public final class TopicsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say create or describe");
  }
}
