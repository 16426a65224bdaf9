package io.lgvq.training.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What a trial measured, as a small file of JSON that can be kept with the page of results when the
 * training's own folder is gone: the page is written from records alone, and an experiment goes on
 * from them on another machine.
 *
 * @param settings what must be equal for trials to be compared
 * @param report as the training wrote it
 */
record TrialRecord(String settings, JsonNode report) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SETTINGS = "settings";
  private static final String REPORT = "report";

  /** Of a training that has ended. */
  static TrialRecord of(Trial trial, String settings) throws IOException {
    return new TrialRecord(settings, JSON.readTree(trial.report().toFile()));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is something else; the message names the file
   */
  static TrialRecord read(Path file) throws IOException {
    try {
      JsonNode found = JSON.readTree(file.toFile());
      if (!found.path(SETTINGS).isTextual() || !found.path(REPORT).isObject()) {
        throw new IOException(file + " is not a record of a trial");
      }
      return new TrialRecord(found.get(SETTINGS).asText(), found.get(REPORT));
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not a record of a trial", e);
    }
  }

  /** Writes it whole or not at all. */
  void write(Path file) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put(SETTINGS, settings);
    node.set(REPORT, report);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
