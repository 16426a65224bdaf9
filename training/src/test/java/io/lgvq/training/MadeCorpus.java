package io.lgvq.training;

import io.lgvq.training.corpus.Corpus;
import java.util.List;

/** What the corpora that tests make up have in common: square pictures in three splits. */
public abstract class MadeCorpus implements Corpus {

  private final String name;
  private final int side;

  protected MadeCorpus(String name, int side) {
    this.name = name;
    this.side = side;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String attribution() {
    return "made by the test";
  }

  @Override
  public final int width() {
    return side;
  }

  @Override
  public final int height() {
    return side;
  }

  @Override
  public final List<String> splits() {
    return List.of("train", "validation", "test");
  }
}
