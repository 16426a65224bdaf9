package io.lgvq.soak.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that a report is written to, again and again while a run goes on: whoever looks, or
 * loses the run, finds a whole page there. Immutable.
 */
public final class Pages {

  private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

  private final List<Path> files;

  /**
   * @param files in folders that exist
   */
  public Pages(Stream<Path> files) {
    this.files = files.map(Path::toAbsolutePath).toList();
  }

  /** Writes a report that is not the last; where that is not possible, the run is not harmed. */
  public void soFar(Report report) {
    try {
      write(report);
    } catch (IOException e) {
      LOG.warn("The report so far cannot be written: {}", e.toString());
    }
  }

  /**
   * Writes a report in place of the one before.
   *
   * @throws IOException if a file cannot be written
   */
  public void write(Report report) throws IOException {
    for (Path file : files) {
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(part, report.markdown(), StandardCharsets.UTF_8);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
