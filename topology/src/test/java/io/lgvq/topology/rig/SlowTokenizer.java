package io.lgvq.topology.rig;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.tokenize.Tokenized;
import io.lgvq.operators.tokenize.Tokenizer;
import io.lgvq.topology.rig.SmallModel.PureTokenizer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The tokenizer of the small model, which takes its time. */
public final class SlowTokenizer implements Tokenizer {

  private final PureTokenizer tokenizer = new PureTokenizer();
  private final Duration workAnImage;

  /** A tokenizer that needs so long for each image. */
  public SlowTokenizer(Duration workAnImage) {
    this.workAnImage = workAnImage;
  }

  @Override
  public List<Tokenized> apply(List<Pixels> batch) {
    long end = System.nanoTime() + batch.size() * workAnImage.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(Math.max(1, end - System.nanoTime()));
    }
    return tokenizer.apply(batch);
  }

  @Override
  public Codebook codebook() {
    return tokenizer.codebook();
  }

  @Override
  public int width() {
    return tokenizer.width();
  }

  @Override
  public int height() {
    return tokenizer.height();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
