package io.lgvq.training.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {

  @TempDir Path folder;

  private final SafeTensors tensors =
      new SafeTensors(
          Map.of(
              "b",
              new Tensor(List.of(2L, 2L), new float[] {1, -2, 3.5f, Float.MIN_VALUE}),
              "a",
              Tensor.of(7)),
          Map.of("step", "12"));

  @Test
  void shouldReadBackEveryBit() throws IOException {
    Path file = folder.resolve("x.safetensors");
    tensors.write(file);
    assertThat(SafeTensors.read(file)).isEqualTo(tensors);
    assertThat(Files.list(folder)).containsExactly(file);
  }

  @Test
  void shouldRefuseAFileThatWasCutShort() throws IOException {
    Path file = folder.resolve("x.safetensors");
    tensors.write(file);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ends early");
  }

  @Test
  void shouldRefuseAFileOfAnotherFormat() throws IOException {
    Path file = Files.write(folder.resolve("x"), new byte[64]);
    assertThatThrownBy(() -> SafeTensors.read(file)).isInstanceOf(IOException.class);
  }
}
