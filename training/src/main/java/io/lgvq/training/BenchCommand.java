package io.lgvq.training;

import picocli.CommandLine.Command;

/** {@code bench}: what training costs, as ratios that are measured turn by turn in one run. */
@Command(
    name = "bench",
    description = "Measures what steps of a training cost.",
    mixinStandardHelpOptions = true,
    subcommands = {TrainBenchCommand.class, GuidanceBenchCommand.class})
public final class BenchCommand {}
