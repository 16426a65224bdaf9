package io.lgvq.training.corpus.packages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the ordinary package clients as child processes; no registry is named here, each client goes
 * where its owner configured it to.
 */
class ArchiveClient {

  private static final String MAVEN_COPY =
      "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy";

  private final String npm;
  private final String aptGet;

  /** The clients that are on the path. */
  ArchiveClient() {
    this("npm", "apt-get");
  }

  ArchiveClient(String npm, String aptGet) {
    this.npm = npm;
    this.aptGet = aptGet;
  }

  /** Downloads one archive into an empty folder and returns its path. */
  Path download(PackageSource source, Path folder) throws IOException {
    switch (source.kind()) {
      case NPM -> run(folder, npm, "pack", "--silent", source.name() + "@" + source.version());
      case DEBIAN -> downloadDebian(source, folder);
      case MAVEN ->
          run(
              folder,
              "mvn",
              "-q",
              "-B",
              MAVEN_COPY,
              "-Dartifact=" + source.name() + ":" + source.version(),
              "-DoutputDirectory=.");
    }
    try (var files = Files.list(folder)) {
      return files
          .findFirst()
          .orElseThrow(
              () -> new PackageException("The client left no archive of " + source.name() + "."));
    }
  }

  private void downloadDebian(PackageSource source, Path folder) throws IOException {
    String[] download = {
      aptGet,
      "-qq",
      "-o",
      "APT::Sandbox::User=root",
      "download",
      source.name() + "=" + source.version()
    };
    try {
      run(folder, download);
    } catch (PackageException e) {
      // A fresh machine has no package lists yet.
      run(folder, aptGet, "-qq", "update");
      run(folder, download);
    }
  }

  /** Unpacks the source's members of an archive into an empty folder. */
  void unpack(PackageSource source, Path archive, Path folder) throws IOException {
    switch (source.kind()) {
      case NPM ->
          run(folder, "tar", "--no-same-owner", "-xzf", archive.toString(), source.members());
      case DEBIAN -> run(folder, "dpkg-deb", "--extract", archive.toString(), ".");
      case MAVEN -> {
        Path jar = Path.of(System.getProperty("java.home"), "bin", "jar");
        run(folder, jar.toString(), "--extract", "--file", archive.toString());
      }
    }
  }

  private static void run(Path folder, String... command) throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .start();
    } catch (IOException e) {
      throw new PackageException(
          "'%s' is needed to fetch packages and is not installed.".formatted(command[0]), e);
    }
    try (var output = process.getInputStream()) {
      String said = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new PackageException(
            "'%s' failed: %s".formatted(String.join(" ", command), end(said)));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new PackageException("Fetching was interrupted.", e);
    }
  }

  private static String end(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
  }
}
