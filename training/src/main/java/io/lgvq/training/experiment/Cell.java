package io.lgvq.training.experiment;

import io.lgvq.training.guidance.GuidanceSettings.Part;
import io.lgvq.training.run.Backbone;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One kind of tokenizer in the grid.
 *
 * @param backbone what is trained
 * @param parts the guidance losses; none for the baseline
 */
public record Cell(Backbone backbone, Set<Part> parts) {

  /** The grid of the paper's table 2 over the backbones, without and with all guidance on cvq. */
  public static List<Cell> grid() {
    List<Set<Part>> ladder =
        List.of(
            EnumSet.noneOf(Part.class),
            EnumSet.of(Part.GSA),
            EnumSet.of(Part.MTP),
            EnumSet.of(Part.MTP, Part.RAS),
            EnumSet.of(Part.MTP, Part.GSA),
            EnumSet.allOf(Part.class));
    List<Cell> cells = new ArrayList<>();
    for (Set<Part> parts : ladder) {
      cells.add(new Cell(Backbone.VQ_VAE, parts));
      cells.add(new Cell(Backbone.VQ_GAN, parts));
      if (parts.isEmpty() || parts.size() == Part.values().length) {
        cells.add(new Cell(Backbone.CVQ, parts));
      }
    }
    return List.copyOf(cells);
  }

  /** What it is compared with. */
  public Cell baseline() {
    return new Cell(backbone, EnumSet.noneOf(Part.class));
  }

  /** The guidance in the paper's words, for instance {@code mtp+gsa}, {@code baseline}. */
  public String guidance() {
    if (parts.isEmpty()) {
      return "baseline";
    }
    if (parts.size() == Part.values().length) {
      return "all";
    }
    return parts.stream()
        .map(part -> part.name().toLowerCase(Locale.ROOT))
        .sorted((a, b) -> Integer.compare(rank(a), rank(b)))
        .collect(Collectors.joining("+"));
  }

  /** The paper writes mtp first. */
  private static int rank(String part) {
    return part.equals("mtp") ? 0 : 1;
  }

  /** For instance {@code vq-gan, mtp+gsa}. */
  @Override
  public String toString() {
    return backbone.title() + ", " + guidance();
  }
}
