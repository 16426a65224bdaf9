package io.lgvq.training.corpus.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.training.corpus.packages.PackageSource.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageCacheTest {

  @TempDir Path home;

  private final Downloads downloads = new Downloads();

  @Test
  void shouldUnpackAnArchiveOfThePinnedDigestOnce() throws IOException {
    PackageSource source = source(Digests.sha256(Files.writeString(home.resolve("a"), "archive")));
    var cache = new PackageCache(home, downloads);

    Path folder = cache.folder(source);

    assertThat(folder.resolve("picture")).hasContent("archive");
    assertThat(cache.folder(source)).isEqualTo(folder);
    assertThat(downloads.count).isEqualTo(1);
  }

  @Test
  void shouldUseNothingOfAnArchiveWithAnotherDigest() throws IOException {
    PackageSource source = source("0".repeat(64));
    var cache = new PackageCache(home, downloads);

    assertThatThrownBy(() -> cache.folder(source))
        .isInstanceOf(PackageException.class)
        .hasMessageContaining("0000 is pinned");
    try (var files = Files.list(home)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly(".lock");
    }
  }

  @Test
  void shouldSayInASentenceThatAClientIsMissing() {
    var client = new ArchiveClient("lgvq-no-such-client", "lgvq-no-such-client");

    assertThatThrownBy(() -> client.download(source("0"), home))
        .isInstanceOf(PackageException.class)
        .hasMessage("'lgvq-no-such-client' is needed to fetch packages and is not installed.");
  }

  @Test
  void shouldPinEveryPackageByVersionAndDigest() {
    List<PackageSource> sources = new ArrayList<>(PackageCatalog.shipped().sources());
    sources.addAll(PackageCatalog.textEncoders().sources());
    sources.add(PackageCatalog.perception());

    assertThat(sources)
        .isNotEmpty()
        .allSatisfy(
            source -> {
              assertThat(source.sha256()).matches("[0-9a-f]{64}");
              assertThat(source.version()).matches("[0-9].*");
              assertThat(source.licence()).isNotBlank();
              assertThat(source.attribution()).contains(source.credit(), source.version());
            });
    assertThat(sources).extracting(PackageSource::folder).doesNotHaveDuplicates();
  }

  private static PackageSource source(String digest) {
    return new PackageSource(Kind.NPM, "@a/b", "1.0", digest, "package/img", "MIT", "Ada");
  }

  /** Stands in for the network: an archive that says "archive". */
  private static final class Downloads extends ArchiveClient {

    private int count;

    @Override
    Path download(PackageSource source, Path folder) throws IOException {
      count++;
      return Files.writeString(folder.resolve("archive.tgz"), "archive");
    }

    @Override
    void unpack(PackageSource source, Path archive, Path folder) throws IOException {
      Files.copy(
          archive, Files.createDirectories(folder.resolve(source.members())).resolve("picture"));
    }
  }
}
