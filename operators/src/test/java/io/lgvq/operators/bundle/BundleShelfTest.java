package io.lgvq.operators.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleShelfTest {

  @TempDir Path root;

  @Test
  void shouldFindABundleByItsNameOrByAPathFromTheProject() throws IOException {
    Path bundle = Files.createDirectories(root.resolve("bundles/lgvq-tiny"));
    BundleShelf shelf = new BundleShelf(root);

    assertThat(shelf.find(Path.of("lgvq-tiny"))).isEqualTo(bundle);
    assertThat(shelf.find(Path.of("bundles/lgvq-tiny"))).isEqualTo(bundle);
    assertThat(shelf.find(bundle)).isEqualTo(bundle);
  }

  @Test
  void shouldPreferWhatLiesAtThePathItself() throws IOException {
    Files.createDirectories(root.resolve("bundles/src"));

    assertThat(new BundleShelf(root).find(Path.of("src"))).isEqualTo(Path.of("src"));
  }

  @Test
  void shouldGiveBackWhatLiesNowhere() {
    assertThat(new BundleShelf(root).find(Path.of("nothing"))).isEqualTo(Path.of("nothing"));
  }
}
