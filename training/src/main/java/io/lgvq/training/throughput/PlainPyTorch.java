package io.lgvq.training.throughput;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lgvq.training.tokenizer.TokenizerSettings;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The same network in Python, in a process of its own that waits while it is not asked. It is told
 * steps and tells seconds, a line each.
 */
final class PlainPyTorch implements StepTimer {

  /** The system's own comes last: that of a user may hide the one that Debian's package fills. */
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

  private static final String MISSING =
      "bench train needs a python3 that has torch, and there is none here: on Debian, apt-get"
          + " install python3-torch libopenblas0-pthread";

  private static final Map<String, String> ONE_THREAD =
      Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1");

  private final JsonMapper mapper = new JsonMapper();
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter requests;
  private final JsonNode first;

  /**
   * @param script tokenizer_step.py
   * @throws IOException if no python3 here has torch, or the script fails
   */
  PlainPyTorch(Path script, TokenizerSettings settings) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(python(), script.toString());
    builder.environment().putAll(ONE_THREAD);
    process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    requests = process.outputWriter(StandardCharsets.UTF_8);
    first = ask(mapper.writeValueAsString(settings));
  }

  private static String python() throws IOException {
    for (String python : PYTHONS) {
      if (hasTorch(python)) {
        return python;
      }
    }
    throw new IOException(MISSING);
  }

  private static boolean hasTorch(String python) {
    try {
      return new ProcessBuilder(python, "-c", "import torch")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // there is no such python
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private JsonNode ask(String line) throws IOException {
    requests.write(line);
    requests.newLine();
    requests.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the Python side ended; what it said stands above");
    }
    return mapper.readTree(answer);
  }

  @Override
  public long parameters() {
    return first.get("parameters").asLong();
  }

  @Override
  public String version() {
    return first.get("version").asText();
  }

  @Override
  public double seconds(int steps) throws IOException {
    return ask(Integer.toString(steps)).get("seconds").asDouble();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
