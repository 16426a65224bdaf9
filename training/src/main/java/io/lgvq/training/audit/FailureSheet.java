package io.lgvq.training.audit;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.evaluate.Outcome;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Failures as one picture: original and reconstruction, and beside them what was said and what is
 * true, wrong answers in red. The same failures give the same picture on one machine; the letters
 * are those of its fonts. Stateless.
 */
public final class FailureSheet {

  /** No sheet is larger, in bytes; it then shows fewer. */
  static final int LARGEST = 400_000;

  private static final int COLUMNS = 2;
  private static final int PICTURE = 128;
  private static final int GAP = 8;
  private static final int WORDS = 400;
  private static final int LINE = 15;
  private static final int QUESTIONS = 4;
  private static final int ROW = PICTURE + 2 * GAP;
  private static final int COLUMN = 2 * PICTURE + WORDS + 4 * GAP;
  private static final Color WRONG = new Color(0xB3261E);
  private static final Color PLAIN = new Color(0x222222);
  private static final Color PALE = new Color(0x707070);
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private record Line(String text, Color colour) {}

  private FailureSheet() {}

  /**
   * The bytes of a PNG file of at most 400 kB.
   *
   * @param failures at least one; the last are left out if all would be too large
   */
  public static byte[] png(List<Failure> failures) {
    byte[] png = encoded(drawn(failures));
    return png.length <= LARGEST || failures.size() == 1
        ? png
        : png(failures.subList(0, failures.size() - 1));
  }

  private static BufferedImage drawn(List<Failure> failures) {
    int rows = (failures.size() + COLUMNS - 1) / COLUMNS;
    int columns = Math.min(COLUMNS, failures.size());
    BufferedImage sheet =
        new BufferedImage(columns * COLUMN, rows * ROW, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.setFont(FONT);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    for (int i = 0; i < failures.size(); i++) {
      draw(graphics, failures.get(i), i % COLUMNS * COLUMN + GAP, i / COLUMNS * ROW + GAP);
    }
    graphics.dispose();
    return sheet;
  }

  private static void draw(Graphics2D graphics, Failure failure, int x, int y) {
    Outcome outcome = failure.outcome();
    graphics.drawImage(image(outcome.sample().pixels()), x, y, PICTURE, PICTURE, null);
    graphics.drawImage(
        image(outcome.reconstruction()), x + PICTURE + GAP, y, PICTURE, PICTURE, null);
    int left = x + 2 * (PICTURE + GAP);
    int base = y + graphics.getFontMetrics().getAscent();
    for (Line line : lines(failure, graphics.getFontMetrics())) {
      if (base > y + PICTURE) {
        return;
      }
      graphics.setColor(line.colour());
      graphics.drawString(line.text(), left, base);
      base += LINE;
    }
  }

  private static List<Line> lines(Failure failure, FontMetrics metrics) {
    Outcome outcome = failure.outcome();
    Sample sample = outcome.sample();
    List<Line> lines = new ArrayList<>();
    String head = failure.why() + "  (" + sample.id() + ")";
    add(lines, head, PALE, metrics);
    if (outcome.caption().isPresent()) {
      boolean all = sample.objects().stream().allMatch(outcome::names);
      add(lines, "said: " + outcome.caption().get(), all ? PLAIN : WRONG, metrics);
      sample.captions().stream()
          .max(Comparator.comparingInt(String::length))
          .ifPresent(caption -> add(lines, "right: " + caption, PLAIN, metrics));
    }
    // The wrong ones first, for there is room for a few only.
    IntStream.range(0, outcome.answers().size())
        .boxed()
        .sorted(Comparator.comparing(outcome::right))
        .limit(QUESTIONS)
        .forEach(i -> add(lines, asked(outcome, i), outcome.right(i) ? PLAIN : WRONG, metrics));
    return lines;
  }

  private static String asked(Outcome outcome, int question) {
    String given = outcome.answers().get(question).best().text();
    Sample.QuestionAnswer asked = outcome.sample().questions().get(question);
    String text = asked.question() + "? " + given;
    return outcome.right(question) ? text : text + " (right: " + asked.answer() + ")";
  }

  /** Breaks a text into lines that fit. */
  private static void add(List<Line> lines, String text, Color colour, FontMetrics metrics) {
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && metrics.stringWidth(line + " " + word) > WORDS) {
        lines.add(new Line(line.toString(), colour));
        line.setLength(0);
        line.append("   ");
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(new Line(line.toString(), colour));
  }

  private static BufferedImage image(Pixels pixels) {
    int width = pixels.width();
    BufferedImage image = new BufferedImage(width, pixels.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = pixels.rgb();
    for (int i = 0; i < rgb.length / 3; i++) {
      int packed = (rgb[3 * i] & 255) << 16 | (rgb[3 * i + 1] & 255) << 8 | rgb[3 * i + 2] & 255;
      image.setRGB(i % width, i / width, packed);
    }
    return image;
  }

  private static byte[] encoded(BufferedImage sheet) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(sheet, "png", bytes)) {
        throw new AssertionError("every Java platform writes PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
