package io.lgvq.topology.stage;

import java.util.List;

/** What a stage is called, and between which topics it stands. */
public interface StageFlow {

  /**
   * What it is called in configuration, metrics and application ids, for instance {@code tokenize}.
   */
  String name();

  /**
   * The topics that it reads. Where there are several they are copartitioned: the same key is in
   * the same partition number of each, so their partition counts must be equal.
   */
  List<String> inputs();

  /** The topics that it writes, dead letters last. */
  List<String> outputs();
}
