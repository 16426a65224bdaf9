package io.lgvq.training.perception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.training.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TfjsWeightsTest {

  @TempDir Path folder;

  @Test
  void shouldReadEightBitWeightsFromScripts() throws IOException {
    model(new byte[] {0, 1, (byte) 255, 2}, new byte[] {7, 9});

    assertThat(TfjsWeights.read(folder, "net/"))
        .isEqualTo(
            java.util.Map.of(
                "a", new Tensor(List.of(2L, 2L), new float[] {-1, -0.5f, 126.5f, 0}),
                "b", new Tensor(List.of(1L), new float[] {9})));
  }

  @Test
  void shouldRefuseTooFewOrTooManyBytes() throws IOException {
    model(new byte[] {0, 1, 2}, new byte[] {7});
    assertThatThrownBy(() -> TfjsWeights.read(folder, "net/"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("fewer weights");

    model(new byte[] {0, 1, 2, 3}, new byte[] {7, 9, 9});
    assertThatThrownBy(() -> TfjsWeights.read(folder, "net/"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("8-bit weights alone");
  }

  /** Weights net/a [2, 2], net/b [1] and another net's, over two files. */
  private void model(byte[] first, byte[] second) throws IOException {
    Files.writeString(
        folder.resolve("model.min.js"),
        """
        !function(t){t={weightsManifest:[{paths:["one","two"],weights:[\
        {name:"x/net/a",shape:[2,2],dtype:"float32",quantization:{min:-1,scale:.5,dtype:"uint8"}},\
        {name:"x/net/b",shape:[1],dtype:"float32",quantization:{min:2,scale:1,dtype:"uint8"}},\
        {name:"y/c",shape:[],dtype:"float32",quantization:{min:2,scale:1,dtype:"uint8"}}]}]}}()
        """);
    script("one", first);
    script("two", second);
  }

  private void script(String name, byte[] bytes) throws IOException {
    String data = Base64.getEncoder().encodeToString(bytes);
    Files.writeString(folder.resolve(name + ".min.js"), "m=\"" + data + "\"");
  }
}
