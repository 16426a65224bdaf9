package io.lgvq.training.corpus.scene;

import io.lgvq.training.corpus.packages.PackageCache;
import io.lgvq.training.corpus.packages.PackageCatalog;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The pictures of the packages, fetched and decoded when first asked for, and kept while there is
 * memory. Safe for several threads.
 */
final class Art {

  private static final String PHOTOS = "endless-sky-data";

  private record Key(Hand hand, String codePoint) {}

  private final Map<String, String> clipArt = Tables.clipArt();
  private final PackageCache cache;
  private final PackageCatalog catalog;
  private final Map<String, VectorIcons> vectors = new ConcurrentHashMap<>();
  private final Map<Key, Optional<Supplier<Raster>>> drawings = new ConcurrentHashMap<>();
  private final Map<Key, SoftReference<Raster>> objects = new ConcurrentHashMap<>();

  Art(PackageCache cache, PackageCatalog catalog) {
    this.cache = cache;
    this.catalog = catalog;
  }

  /** Whether this hand has drawn such an object; decodes nothing. */
  boolean has(Hand hand, Noun noun) {
    return drawing(hand, noun).isPresent();
  }

  /**
   * An object without margins.
   *
   * @throws java.util.NoSuchElementException if this hand has not drawn it
   */
  Raster object(Hand hand, Noun noun) {
    Key key = new Key(hand, noun.codePoint());
    SoftReference<Raster> kept = objects.get(key);
    Raster object = kept == null ? null : kept.get();
    if (object == null) {
      object = drawing(hand, noun).orElseThrow().get().trimmed();
      objects.put(key, new SoftReference<>(object));
    }
    return object;
  }

  /** A photograph. */
  Raster photo(Photo photo) {
    return PictureFiles.read(file(photo));
  }

  /** Where a photograph lies. */
  Path file(Photo photo) {
    return folder(PHOTOS).resolve(photo.file() + ".jpg");
  }

  private Optional<Supplier<Raster>> drawing(Hand hand, Noun noun) {
    return drawings.computeIfAbsent(new Key(hand, noun.codePoint()), key -> find(hand, noun));
  }

  private Optional<Supplier<Raster>> find(Hand hand, Noun noun) {
    String code = noun.codePoint().toLowerCase(Locale.ROOT);
    return switch (hand) {
      case FLUENT_3D -> bitmap(hand, code, ".webp");
      case GOOGLE, EMOJIONE, TWITTER -> bitmap(hand, code, ".png");
      case FLUENT_FLAT -> icons(hand).ofCodePoint(code);
      case OPENCLIPART ->
          Optional.ofNullable(clipArt.get(noun.word())).flatMap(file -> bitmap(hand, file, ""));
      case FIREFOX -> noun.firefoxName().flatMap(icons(hand)::named);
    };
  }

  private Optional<Supplier<Raster>> bitmap(Hand hand, String code, String ending) {
    return Stream.of(code + ending, code + "-fe0f" + ending)
        .map(folder(hand.packageName())::resolve)
        .filter(Files::exists)
        .findFirst()
        .map(file -> () -> PictureFiles.read(file));
  }

  private VectorIcons icons(Hand hand) {
    return vectors.computeIfAbsent(hand.packageName(), name -> new VectorIcons(folder(name)));
  }

  private Path folder(String packageName) {
    return cache.folder(catalog.source(packageName));
  }
}
