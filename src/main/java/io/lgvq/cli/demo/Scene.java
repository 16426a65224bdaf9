package io.lgvq.cli.demo;

import java.util.List;
import java.util.Optional;

/**
 * One picture that the demo sends, with what it asks about it.
 *
 * @param id image id, unique in the demo
 * @param file name of its file
 * @param image the encoded file; the array is shared by scenes of the same file and never written
 * @param mediaType as the file's name suggests
 * @param questions what is asked
 */
@SuppressWarnings(
    "ArrayRecordComponent") // nobody compares scenes, and a copy a scene would cost memory
record Scene(String id, String file, byte[] image, String mediaType, List<Asked> questions) {

  /**
   * A question about a scene.
   *
   * @param id question id, unique in the demo
   * @param text the question
   * @param expected the true answer, where one is known
   */
  record Asked(String id, String text, Optional<String> expected) {}
}
