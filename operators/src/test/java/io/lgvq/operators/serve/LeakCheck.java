package io.lgvq.operators.serve;

import io.lgvq.operators.MemoryCheck;
import io.lgvq.operators.TestBundle;
import io.lgvq.operators.image.Decoded;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.image.PngEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes and tokenizes images without end in sight and prints what the process holds in memory.
 *
 * <p>Run it with a fixed, touched heap, so that what grows is not the heap: {@code java -Xms256m
 * -Xmx256m -XX:+AlwaysPreTouch -cp ... LeakCheck 100000 10000}.
 */
public final class LeakCheck {

  private static final int BATCH = 16;

  private LeakCheck() {}

  /**
   * @param arguments how many images, and after how many of them to print a line {@code images RSS}
   */
  public static void main(String[] arguments) throws IOException {
    int images = Integer.parseInt(arguments[0]);
    int step = Integer.parseInt(arguments[1]);
    List<byte[]> files = TestBundle.pictures(64, 1).stream().map(PngEncoder::encode).toList();
    BundleOperators operators = TestBundle.operators();
    try (var decoder = operators.decoder(ImageLimits.standard());
        var tokenizer = operators.tokenizer()) {
      int printed = 0;
      for (int done = 0; done < images; done += BATCH) {
        List<Pixels> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
          Decoded decoded = decoder.decode(files.get((done + i) % files.size()), "image/png");
          batch.add(((Decoded.Picture) decoded).pixels());
        }
        tokenizer.apply(batch);
        if (done + BATCH >= printed + step) {
          printed += step;
          System.out.println(printed + " " + MemoryCheck.residentKiB());
        }
      }
    }
  }
}
