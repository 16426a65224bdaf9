package io.lgvq.schemas.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code src/test/node/peer.js}, installing its locked dependencies if they are missing. */
final class NodePeer {

  private static final Path FOLDER =
      Path.of(System.getProperty("lgvq.root"), "schemas", "src", "test", "node");

  private final Path scratch;

  NodePeer(Path scratch) {
    this.scratch = scratch;
  }

  /** Whether this machine has node and npm; the installation brings them. */
  static boolean isPossible() {
    return onPath("node") && onPath("npm");
  }

  /** Brings {@code node_modules} in step with the lock file. */
  void install() throws IOException, InterruptedException {
    File installed = FOLDER.resolve("node_modules/.package-lock.json").toFile();
    if (installed.lastModified() < FOLDER.resolve("package-lock.json").toFile().lastModified()) {
      run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"), "");
      if (!installed.setLastModified(System.currentTimeMillis())) {
        throw new IOException("cannot touch " + installed);
      }
    }
  }

  /** Runs the peer and returns the lines that it printed. */
  List<String> run(String mode, List<String> arguments, String input)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "peer.js", mode));
    command.addAll(arguments);
    return run(command, input);
  }

  private List<String> run(List<String> command, String input)
      throws IOException, InterruptedException {
    Path in = Files.writeString(scratch.resolve("in"), input);
    Path out = scratch.resolve("out");
    Path err = scratch.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = process.waitFor(400, TimeUnit.SECONDS);
    process.destroyForcibly();
    if (!ended || process.exitValue() != 0) {
      throw new IOException(
          "%s %s: %s"
              .formatted(command, ended ? "failed" : "took too long", Files.readString(err)));
    }
    return Files.readString(out, UTF_8).lines().toList();
  }

  private static boolean onPath(String program) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
