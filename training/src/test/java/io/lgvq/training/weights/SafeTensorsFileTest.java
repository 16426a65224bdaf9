package io.lgvq.training.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.util.Float16Utils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsFileTest {

  private static final Map<String, Tensor> TENSORS =
      Map.of(
          "encoder.weight",
          new Tensor(List.of(2L, 3L), new float[] {1, -2, 3.5f, 0, 0.125f, -65504}),
          "encoder.bias",
          Tensor.of(7, 8),
          "scalar",
          new Tensor(List.of(), new float[] {3}),
          "empty",
          new Tensor(List.of(0L, 4L), new float[0]));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"F32", "F16", "BF16"})
  void shouldReadWhatOthersWrite(String type) throws IOException {
    Map<String, Tensor> exact = new TreeMap<>(TENSORS);
    exact.put("encoder.weight", Tensor.of(1, -2, 3.5f, 0, 0.125f, -65280));
    try (SafeTensorsFile file = open(SafeTensorsBytes.of(exact, name -> type))) {
      assertThat(file.notes()).containsExactly(Map.entry("format", "pt"));
      assertThat(file.shapes()).containsOnlyKeys(exact.keySet());
      for (String name : exact.keySet()) {
        assertThat(file.read(name)).isEqualTo(exact.get(name));
      }
    }
  }

  @Test
  void shouldReadEveryHalfAsTheFloatThatItIs() throws IOException {
    ByteBuffer halves = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
    float[] expected = new float[1 << 16];
    for (int bits = 0; bits < expected.length; bits++) {
      halves.putShort((short) bits);
      expected[bits] = Float16Utils.halfToFloat((short) bits);
    }
    String header = "{\"h\":{\"dtype\":\"F16\",\"shape\":[65536],\"data_offsets\":[0,131072]}}";
    try (SafeTensorsFile file = open(SafeTensorsBytes.of(header, halves.array()))) {
      assertThat(file.read("h").values()).isEqualTo(expected);
    }
  }

  @Test
  void shouldReadAnArrayOfManyChunks() throws IOException {
    float[] values = new float[(1 << 19) + 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Map<String, Tensor> large = Map.of("a", Tensor.of(1), "b", Tensor.of(values));
    try (SafeTensorsFile file = open(SafeTensorsBytes.of(large, name -> "F32"))) {
      assertThat(file.read("b").values()).isEqualTo(values);
    }
  }

  @Test
  void shouldRefuseOtherTypesOnlyWhenTheyAreAskedFor() throws IOException {
    byte[] bytes = SafeTensorsBytes.of(TENSORS, name -> name.equals("scalar") ? "I64" : "F32");
    try (SafeTensorsFile file = open(bytes)) {
      assertThat(file.read("encoder.bias")).isEqualTo(Tensor.of(7, 8));
      assertThatThrownBy(() -> file.read("scalar"))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("scalar", "I64");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[1]                                                              | no JSON object",
        "{'a'                                                             | no JSON",
        "{} {}                                                            | no JSON",
        "{'a':{'dtype':'F31','shape':[1],'data_offsets':[0,4]}}           | 'F31'",
        "{'a':{'shape':[1],'data_offsets':[0,4]}}                         | type (none)",
        "{'a':{'dtype':'F32','data_offsets':[0,4]}}                       | a has no list shape",
        "{'a':{'dtype':'F32','shape':[1]}}                                | no list data_offsets",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}}           | no range",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}          | shape of tensor a holds -1",
        "{'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}}         | holds 1.5",
        "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,4]}} | holds 9999",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}           | does not fill",
        "{'a':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,4]}} | larger than any",
        "{'a':{'dtype':'F32','shape':[1099511627776],'data_offsets':[0,4398046511104]}} | ends early",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[2,6]}}           | begins at byte 2",
        "{'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0]}}           | behind the last tensor",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':1}     | no JSON",
        "{'__metadata__':{'n':1}}                                         | no text"
      })
  void shouldSayWhatIsWrongWithAHeader(String header, String why) {
    assertThatThrownBy(() -> open(SafeTensorsBytes.of(header.replace('\'', '"'), new byte[4])))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder.resolve("x").toString())
        .hasMessageContaining(why.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
  void shouldNotBelieveTheLengthOfAHeader(long length) {
    byte[] bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    assertThatThrownBy(() -> open(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("header of " + length + " bytes");
  }

  /** Cut and changed files are read, or refused with a sentence; nothing else ever comes out. */
  @Test
  void shouldReadOrRefuseWhateverAFileHolds() throws IOException {
    byte[] good = SafeTensorsBytes.of(TENSORS, name -> "F32");
    int header = good.length - 4 * 9;
    SplittableRandom random = new SplittableRandom(20261125);
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = good.clone();
      if (round % 3 == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      for (int flips = round % 3 == 0 ? 0 : random.nextInt(1, 4); flips > 0; flips--) {
        bytes[random.nextInt(header)] ^= (byte) (1 << random.nextInt(8));
      }
      byte[] changed = bytes;
      Throwable thrown = catchThrowable(() -> readAll(changed));
      if (thrown != null) {
        refused++;
        assertThat(thrown)
            .as("round %d", round)
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith(folder.resolve("x").toString());
        assertThat(thrown.getMessage().lines()).hasSize(1);
      }
    }
    assertThat(refused).isBetween(1500, 2999);
  }

  private void readAll(byte[] bytes) throws IOException {
    try (SafeTensorsFile file = open(bytes)) {
      for (String name : file.shapes().keySet()) {
        file.read(name);
      }
    }
  }

  private SafeTensorsFile open(byte[] bytes) throws IOException {
    return SafeTensorsFile.open(Files.write(folder.resolve("x"), bytes));
  }
}
