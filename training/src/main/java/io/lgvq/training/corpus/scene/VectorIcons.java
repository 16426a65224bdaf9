package io.lgvq.training.corpus.scene;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A set of SVG icons in one Iconify JSON file, drawn at a fixed size. Safe for several threads. */
final class VectorIcons {

  private static final int SIDE = 256;

  private final JsonNode icons;
  private final JsonNode byCodePoint;
  private final String viewBox;

  VectorIcons(Path folder) {
    var mapper = new JsonMapper();
    try {
      JsonNode set = mapper.readTree(folder.resolve("icons.json").toFile());
      icons = set.get("icons");
      byCodePoint = mapper.readTree(folder.resolve("chars.json").toFile());
      viewBox = "0 0 %d %d".formatted(set.get("width").asInt(), set.get("height").asInt());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Draws the icon of a code point, in sets that list them. */
  Optional<Supplier<Raster>> ofCodePoint(String codePoint) {
    return Optional.ofNullable(byCodePoint.get(codePoint)).flatMap(name -> named(name.asText()));
  }

  /** Draws the icon of a name. */
  Optional<Supplier<Raster>> named(String name) {
    return Optional.ofNullable(icons.get(name)).map(icon -> () -> draw(icon.get("body").asText()));
  }

  private Raster draw(String body) {
    String svg =
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
            + " viewBox='%s' width='%d' height='%d'>%s</svg>".formatted(viewBox, SIDE, SIDE, body);
    var document =
        new SVGLoader()
            .load(
                new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)),
                null,
                LoaderContext.createDefault());
    if (document == null) {
      throw new IllegalArgumentException("an icon is no SVG");
    }
    var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
    var graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    document.render((java.awt.Component) null, graphics, new ViewBox(SIDE, SIDE));
    graphics.dispose();
    return PictureFiles.of(image);
  }
}
