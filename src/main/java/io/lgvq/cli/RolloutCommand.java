package io.lgvq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.lgvq.cli.shell.Json;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Rolls a bundle out in a running application: a thin client of its admin interface. */
@Command(
    name = "rollout",
    mixinStandardHelpOptions = true,
    description = "Let a new bundle take the place of the old one in a running application.",
    footer = {
      "",
      "The application must run with -Dlgvq.admin.enabled=true. Say load to every process before",
      "you say switch to one that tokenizes, for heads must know a codebook before its tokens come;",
      "docs/rollout.md has the order."
    })
final class RolloutCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      defaultValue = "http://localhost:8080",
      description = "Of the application. Default: ${DEFAULT-VALUE}.")
  private URI url;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "say status, load, mode, switch, rollback or retire");
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Print how far the rollout is.")
  int status() {
    return told("GET", "", BodyPublishers.noBody());
  }

  @Command(
      name = "load",
      mixinStandardHelpOptions = true,
      description = "Load a bundle beside the published one.")
  int load(
      @Parameters(paramLabel = "BUNDLE", description = "Folder or zip, as the application sees it.")
          String location) {
    return told("PUT", "/bundle", body(Map.of("location", location)));
  }

  @Command(
      name = "mode",
      mixinStandardHelpOptions = true,
      description = "Say what the bundle beside does.")
  int mode(
      @Parameters(
              paramLabel = "MODE",
              description =
                  "single: nothing. shadow: tokenize as well, for comparison. percentage: publish"
                      + " for a share of the image ids.")
          String mode,
      @Option(
              names = "--percent",
              paramLabel = "P",
              defaultValue = "100",
              description = "Of the batches or ids. Default: ${DEFAULT-VALUE}.")
          double percent) {
    return told("PUT", "/mode", body(Map.of("mode", mode, "percent", percent)));
  }

  @Command(
      name = "switch",
      mixinStandardHelpOptions = true,
      description = "Publish with the bundle beside; the old one stays loaded.")
  int switchOver() {
    return told("POST", "/switch", BodyPublishers.noBody());
  }

  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description = "Publish with the old bundle again.")
  int rollBack() {
    return told("POST", "/rollback", BodyPublishers.noBody());
  }

  @Command(
      name = "retire",
      mixinStandardHelpOptions = true,
      description = "Unload the bundle beside, once its tokens are read.")
  int retire(
      @Option(
              names = "--unread",
              description =
                  "Even if heads may have its tokens before them: these become dead letters.")
          boolean unread) {
    return told("DELETE", "/bundle?unread=" + unread, BodyPublishers.noBody());
  }

  private static BodyPublisher body(Map<String, ?> fields) {
    return BodyPublishers.ofString(Json.compact(fields));
  }

  private int told(String method, String path, BodyPublisher body) {
    JsonNode reply = new RolloutAdmin(url).reply(method, path, body);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(reply));
    } else {
      RolloutText.print(reply, out);
    }
    return ExitCode.OK;
  }
}
