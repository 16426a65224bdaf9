package io.lgvq.training.corpus.scene;

import io.lgvq.training.corpus.packages.PackageCache;
import io.lgvq.training.corpus.packages.PackageCatalog;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pictures of the packages, fetched and decoded when first asked for and kept. Safe for several
 * threads.
 */
final class Art {

  private static final String PHOTOS = "endless-sky-data";

  private record Key(Hand hand, String codePoint) {}

  private final Map<String, String> clipArt = Tables.clipArt();
  private final PackageCache cache;
  private final PackageCatalog catalog;
  private final Map<String, VectorIcons> vectors = new ConcurrentHashMap<>();
  private final Map<Key, Optional<Raster>> objects = new ConcurrentHashMap<>();

  Art(PackageCache cache, PackageCatalog catalog) {
    this.cache = cache;
    this.catalog = catalog;
  }

  /** An object without margins, where this hand has drawn it. */
  Optional<Raster> object(Hand hand, Noun noun) {
    return objects.computeIfAbsent(
        new Key(hand, noun.codePoint()), key -> read(hand, noun).map(Raster::trimmed));
  }

  /** A photograph. */
  Raster photo(Photo photo) {
    return PictureFiles.read(file(photo));
  }

  /** Where a photograph lies. */
  Path file(Photo photo) {
    return folder(PHOTOS).resolve(photo.file() + ".jpg");
  }

  private Optional<Raster> read(Hand hand, Noun noun) {
    String code = noun.codePoint().toLowerCase(Locale.ROOT);
    return switch (hand) {
      case FLUENT_3D -> bitmap(hand, code, ".webp");
      case GOOGLE, EMOJIONE, TWITTER -> bitmap(hand, code, ".png");
      case FLUENT_FLAT -> icons(hand).ofCodePoint(code);
      case OPENCLIPART ->
          Optional.ofNullable(clipArt.get(noun.word()))
              .flatMap(file -> PictureFiles.firstOf(folder(hand.packageName()), file));
      case FIREFOX -> noun.firefoxName().flatMap(icons(hand)::named);
    };
  }

  private Optional<Raster> bitmap(Hand hand, String code, String ending) {
    return PictureFiles.firstOf(folder(hand.packageName()), code + ending, code + "-fe0f" + ending);
  }

  private VectorIcons icons(Hand hand) {
    return vectors.computeIfAbsent(hand.packageName(), name -> new VectorIcons(folder(name)));
  }

  private Path folder(String packageName) {
    return cache.folder(catalog.source(packageName));
  }
}
