package io.lgvq.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.training.foreign.TinyVqgan;
import io.lgvq.training.weights.SafeTensorsBytes;
import io.lgvq.training.weights.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code bundle import}: a bundle, or one sentence that says why not. */
class ImportCommandTest {

  @TempDir Path folder;
  private Path weights;
  private Path configuration;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() throws IOException {
    weights = folder.resolve("vqgan.safetensors");
    configuration = Files.writeString(folder.resolve("vqgan.yaml"), TinyVqgan.CONFIGURATION);
  }

  @Test
  void shouldMakeABundleAndSayWhatItIs() throws IOException {
    Map<String, Tensor> tensors = TinyVqgan.tensors();
    tensors.put("loss.logvar", Tensor.of(0));
    TinyVqgan.write(weights, tensors, "F16");
    assertThat(run("--version", "3.1", "--source", "a test")).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("tiny 3.1: 32 x 32 pixels become 16 x 16 codes of 16", "loss.logvar");
    Bundle bundle = Bundle.open(folder.resolve("bundle"));
    assertThat(bundle.codebook().version()).isEqualTo("3.1");
    assertThat(bundle.manifest().metrics().get("tokenizer").toString()).contains("a test");
  }

  @Test
  void shouldNameATensorThatIsMissing() throws IOException {
    Map<String, Tensor> tensors = TinyVqgan.tensors();
    tensors.remove("decoder.up.1.attn.0.proj_out.bias");
    shouldFail(tensors, "lacks tensor decoder.up.1.attn.0.proj_out.bias");
  }

  @Test
  void shouldNameATensorOfAnotherShape() throws IOException {
    Map<String, Tensor> tensors = TinyVqgan.tensors();
    tensors.put("encoder.mid.attn_1.q.weight", new Tensor(List.of(64L, 1L), new float[64]));
    shouldFail(tensors, "encoder.mid.attn_1.q.weight of shape [64, 1]", "[64, 64]");
  }

  @Test
  void shouldNameTensorsThatTheConfigurationDoesNotKnow() throws IOException {
    Map<String, Tensor> tensors = TinyVqgan.tensors();
    tensors.put("encoder.down.2.block.0.conv1.weight", Tensor.of(1));
    shouldFail(tensors, "holds tensor encoder.down.2.block.0.conv1.weight");
  }

  @Test
  void shouldNameATensorThatHoldsNoNumbers() throws IOException {
    Map<String, Tensor> tensors = TinyVqgan.tensors();
    tensors.put("quant_conv.bias", Tensor.of(0, 1, Float.NaN, 3, 4, 5));
    shouldFail(tensors, "quant_conv.bias holds a value that is no number");
  }

  @Test
  void shouldNameATensorOfATypeThatIsNotRead() throws IOException {
    Files.write(
        weights,
        SafeTensorsBytes.of(
            TinyVqgan.tensors(), name -> name.equals("encoder.conv_in.bias") ? "F64" : "F32"));
    shouldFail("encoder.conv_in.bias holds values of type F64");
  }

  @Test
  void shouldSayThatAFileWasCutShort() throws IOException {
    byte[] whole = SafeTensorsBytes.of(TinyVqgan.tensors(), name -> "F32");
    Files.write(weights, Arrays.copyOf(whole, whole.length / 2));
    shouldFail("vqgan.safetensors ends early");
  }

  @Test
  void shouldSayThatAFileIsNoSafetensorsFile() throws IOException {
    Files.write(
        weights, "PK\u0003\u0004 a checkpoint of another kind".getBytes(StandardCharsets.UTF_8));
    shouldFail("vqgan.safetensors is no safetensors file");
  }

  @Test
  void shouldNameAKeyOfTheConfigurationThatIsWrong() throws IOException {
    Files.writeString(configuration, TinyVqgan.CONFIGURATION.replace("z_channels", "z_chanels"));
    shouldFail(TinyVqgan.tensors(), "vqgan.yaml", "z_chanels");
  }

  @Test
  void shouldRefuseASizeThatTheLevelsCannotHalve() throws IOException {
    TinyVqgan.write(weights, TinyVqgan.tensors(), "F32");
    assertThat(run("--image-size", "31")).isEqualTo(1);
    assertThat(err.toString()).contains("the image size must be a multiple of 2 and is 31");
  }

  @Test
  void shouldSayThatAFileIsNotThere() {
    shouldFail("there is no file " + weights);
  }

  @Test
  void shouldLeaveAFolderAloneThatHoldsSomething() throws IOException {
    Path other = Files.createDirectory(folder.resolve("bundle")).resolve("other.txt");
    Files.writeString(other, "mine");
    TinyVqgan.write(weights, TinyVqgan.tensors(), "F32");
    assertThat(run()).isEqualTo(1);
    assertThat(err.toString()).contains("is not empty");
    assertThat(folder.resolve("bundle")).isDirectoryContaining("glob:**other.txt");
    assertThat(folder.resolve("bundle/bundle.yaml")).doesNotExist();
  }

  @Test
  void shouldTellWrongUsageFromFailure() {
    assertThat(run("--licence", "")).isEqualTo(2);
    assertThat(execute("bundle", "import", weights.toString())).isEqualTo(2);
    assertThat(execute("bundle")).isEqualTo(2);
    assertThat(execute("bundle", "import", "--help")).isZero();
    assertThat(out.toString()).contains("--config", "--licence", "--image-size");
  }

  private void shouldFail(Map<String, Tensor> tensors, String... why) throws IOException {
    TinyVqgan.write(weights, tensors, "F32");
    shouldFail(why);
  }

  private void shouldFail(String... why) {
    assertThat(run()).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("lgvq: ")
        .contains(why);
    assertThat(folder.resolve("bundle")).doesNotExist();
  }

  private int run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "bundle",
                "import",
                weights.toString(),
                "--config",
                configuration.toString(),
                "--out",
                folder.resolve("bundle").toString(),
                "--name",
                "tiny"));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--licence")) {
      arguments.addAll(List.of("--licence", "MIT"));
    }
    return execute(arguments.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    CommandLine line = new CommandLine(new Training());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
