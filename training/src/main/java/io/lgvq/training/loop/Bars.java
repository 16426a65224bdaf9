package io.lgvq.training.loop;

import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress of long work in images, with images per second and time left: a bar on a terminal, a
 * line every half minute where there is none.
 */
public final class Bars {

  private static final int WIDTH = 160;
  private static final Duration EVERY = Duration.ofSeconds(30);

  private Bars() {}

  /**
   * A bar; closed by the caller.
   *
   * @param done images that an earlier run did
   * @param images in all, those included
   */
  public static ProgressBar of(String name, long done, long images) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(images)
            .startsFrom(done, Duration.ZERO)
            .setUnit(" images", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setMaxRenderedLength(WIDTH)
            .showSpeed();
    if (System.console() == null) {
      builder
          .setUpdateIntervalMillis((int) EVERY.toMillis())
          .setConsumer(new DelegatingProgressBarConsumer(System.err::println, WIDTH));
    }
    return builder.build();
  }
}
