package io.lgvq.training.alignment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.alignment.VisualTokenEncoder.Seen;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.ParameterStore;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * All language modules over one kind of token grid and one lexicon: the losses of eqs. 5 to 8.
 * Parameters are named {@code language.*}. Immutable.
 */
public final class LanguageNetworks {

  /** Begins the names of all parameters. */
  public static final String PREFIX = "language.";

  private final AlignmentSettings settings;
  private final Lexicon lexicon;
  private final Parameter table;
  private final VisualTokenEncoder visual;
  private final MaskedWords words;
  private final WordRelations relations;

  /**
   * @param rows h of the grid
   * @param columns w of the grid
   * @param dimension d of a code
   */
  public LanguageNetworks(
      AlignmentSettings settings, Lexicon lexicon, int rows, int columns, int dimension) {
    this.settings = settings;
    this.lexicon = lexicon;
    table = Parameter.of(PREFIX + "table", Initial.ZERO, lexicon.size(), lexicon.width());
    visual = new VisualTokenEncoder(settings.visual(), rows, columns, dimension, lexicon.width());
    words = new MaskedWords(settings, table, visual.width());
    relations = new WordRelations(dimension, lexicon.width());
  }

  /**
   * Puts the frozen word table and the words' frequencies among the parameters; to be called before
   * their first use.
   */
  public void prepare(ParameterStore parameters) {
    parameters.freeze(table.name());
    parameters.load(Map.of(table.name(), lexicon.table()));
    parameters.load(words.beginning(lexicon));
  }

  /** What the modules are made for. */
  public AlignmentSettings settings() {
    return settings;
  }

  /** The words that are known. */
  public Lexicon lexicon() {
    return lexicon;
  }

  /** n, codes an image. */
  public int places() {
    return visual.places();
  }

  /** Looks at code vectors [B, n, d]. */
  public <T> Seen<T> see(Ops<T> ops, T vectors) {
    return visual.apply(ops, vectors);
  }

  /** Zvt; see {@link VisualTokenEncoder#tokens}. */
  public <T> T tokens(Ops<T> ops, Seen<T> seen) {
    return visual.tokens(ops, seen);
  }

  /** L_gsa, eq. 5; see {@link GlobalAlignment}. */
  public NDArray alignment(ArrayOps ops, Seen<NDArray> seen, CaptionText text) {
    Shape shape = new Shape(text.words().length, lexicon.width());
    NDArray whole = ops.scope().create(text.whole(), shape);
    return GlobalAlignment.loss(seen.whole(), whole, settings.temperature());
  }

  /**
   * L_mtp, eq. 6; see {@link MaskedWords}.
   *
   * @param random draws the hidden words
   */
  public NDArray words(
      ArrayOps ops, Seen<NDArray> seen, CaptionText text, SplittableRandom random) {
    HiddenWords hidden = HiddenWords.draw(ops.scope(), text.words(), settings.mask(), random);
    return words.loss(ops, seen.hidden(), hidden);
  }

  /** L_ras, eqs. 7 and 8; see {@link WordRelations}. */
  public NDArray relations(ArrayOps ops, NDArray vectors, Seen<NDArray> seen, CaptionText text) {
    int rows = text.words().length;
    long[] content =
        Arrays.stream(text.words())
            .flatMapToInt(
                caption -> Arrays.stream(lexicon.content(caption, settings.relationWords())))
            .asLongStream()
            .toArray();
    NDArray ids = ops.scope().create(content, new Shape(rows, settings.relationWords()));
    NDArray centred =
        ops.scope().create(lexicon.centred(), new Shape(lexicon.size(), lexicon.width()));
    return relations.loss(
        ops,
        vectors,
        units -> visual.likeness(ops, seen, units),
        MaskedWords.row(centred, ids),
        ids.neq(Lexicon.PAD).toType(DataType.FLOAT32, false));
  }

  /** See {@link MaskedWords#at}. */
  public <T> T wordAt(Ops<T> ops, Seen<T> seen, T ids, T hidden, T position) {
    return words.at(ops, seen.hidden(), visual.merged(), ids, hidden, position);
  }

  /** See {@link WordRelations#project}. */
  public <T> T project(Ops<T> ops, T vectors) {
    return relations.project(ops, vectors);
  }
}
