package io.lgvq.training.corpus.scene;

import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.corpus.packages.PackageCache;
import io.lgvq.training.corpus.packages.PackageCatalog;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pictures of real art before real backgrounds, composed from a scene graph, so that captions,
 * questions and answers are true by construction and there is no end of them.
 *
 * <p>A scene has a number, and the number always gives the same picture and sentences: all is a
 * pure function of the pinned packages, the seed, the split and the index. No picture is stored.
 * Threading: safe for several threads. Packages are fetched when first needed.
 */
public final class ComposedScenes implements Corpus {

  /** Of 28 pairs some are held back for new compositions; of much fewer, maybe none. */
  private static final int FEWEST = 8;

  private final int side;
  private final long seed;
  private final PackageCache cache;
  private final PackageCatalog catalog;
  private final List<Noun> nouns;
  private final Composer composer;
  private final Painter painter;

  /** Scenes of all kinds of objects; parameters as those of {@link #ofKinds}. */
  public ComposedScenes(PackageCache cache, int side, long seed) {
    this(cache, side, seed, Tables.nouns());
  }

  private ComposedScenes(PackageCache cache, int side, long seed, List<Noun> nouns) {
    this.cache = cache;
    this.side = side;
    this.seed = seed;
    this.nouns = nouns;
    this.catalog = PackageCatalog.shipped();
    var sprites = new Sprites(new Art(cache, catalog));
    this.composer = new Composer(nouns, Tables.photos(), sprites);
    this.painter = new Painter(side, sprites);
  }

  /**
   * Scenes of some kinds of objects alone, which are told apart after fewer images. Kinds that most
   * hands have drawn are taken, as far apart in the alphabet as can be; those that training never
   * names stay.
   *
   * @param cache where the packages are kept
   * @param side of the pictures, in pixels; the same scene at another size is the same scene
   * @param seed of the whole corpus
   * @param kinds that training names, at least 8
   * @throws IllegalArgumentException if there are not so many, or fewer than 8 are asked for
   */
  public static ComposedScenes ofKinds(PackageCache cache, int side, long seed, int kinds) {
    List<Noun> drawn =
        Tables.nouns().stream()
            .filter(noun -> noun.known() && noun.firefoxName().isPresent())
            .toList();
    if (kinds < FEWEST || kinds > drawn.size()) {
      throw new IllegalArgumentException(
          "scenes can be of %d to %d kinds of objects, not of %d"
              .formatted(FEWEST, drawn.size(), kinds));
    }
    List<Noun> nouns =
        Stream.concat(
                IntStream.range(0, kinds).mapToObj(i -> drawn.get(i * drawn.size() / kinds)),
                Tables.nouns().stream().filter(noun -> !noun.known()))
            .toList();
    return new ComposedScenes(cache, side, seed, nouns);
  }

  /**
   * Fetches all packages that are not there yet; otherwise each is fetched when first needed.
   *
   * @throws io.lgvq.training.corpus.packages.PackageException if one cannot be had
   */
  public void fetch() {
    catalog.sources().forEach(cache::folder);
  }

  @Override
  public String name() {
    long known = nouns.stream().filter(Noun::known).count();
    return known == Tables.nouns().stream().filter(Noun::known).count()
        ? "composed scenes, seed " + seed
        : "composed scenes of %d kinds, seed %d".formatted(known, seed);
  }

  @Override
  public String attribution() {
    return Attribution.of(catalog);
  }

  @Override
  public int width() {
    return side;
  }

  @Override
  public int height() {
    return side;
  }

  @Override
  public List<String> splits() {
    return Arrays.stream(Slice.values()).map(Slice::split).toList();
  }

  @Override
  public long size(String split) {
    return Slice.of(split).size();
  }

  @Override
  public Sample sample(String split, long index) {
    Slice slice = Slice.of(split);
    if (index < 0 || index >= slice.size()) {
      throw new IllegalArgumentException("split %s has no sample %d".formatted(split, index));
    }
    Scene scene = scene(slice, index);
    return new Sample(
        split + "-" + index,
        painter.paint(scene),
        Captions.of(scene, new Draw(seed, slice.ordinal(), index, 1)),
        Questions.of(scene, new Draw(seed, slice.ordinal(), index, 2)),
        scene.groups().stream().map(group -> group.noun().word()).toList(),
        scene.groups().stream().map(Group::count).toList(),
        SceneTraits.of(scene));
  }

  /** Number of objects in a scene, 1 .. 4, equal ones counted each. */
  public int objectCount(String split, long index) {
    return scene(Slice.of(split), index).count();
  }

  /** The photographs that no split but {@code test-new-background} shows; all public domain. */
  public List<Landscape> landscapes() {
    Art art = new Art(cache, catalog);
    return Tables.photos().stream()
        .filter(Photo::held)
        .map(photo -> new Landscape(photo.place(), art.file(photo)))
        .toList();
  }

  /** Every word that a caption or question of training can hold, sorted. */
  public List<String> words() {
    return List.copyOf(Lexicon.words(nouns));
  }

  /** Every answer that training can give, sorted. */
  public List<String> answers() {
    return List.copyOf(new TreeSet<>(Lexicon.answers(nouns)));
  }

  Scene scene(Slice slice, long index) {
    return composer.scene(slice, new Draw(seed, slice.ordinal(), index, 0));
  }
}
