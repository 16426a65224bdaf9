package io.lgvq.cli.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One picture that the demo sends, with what it asks about it. It names its file and holds none of
 * its bytes: a folder of thousands of pictures costs no memory.
 *
 * @param id image id, unique in the demo (see {@link SceneId})
 * @param path where its file lies
 * @param mediaType as the file's name suggests
 * @param questions what is asked
 */
record Scene(String id, Path path, String mediaType, List<Asked> questions) {

  /** Name of its file, the same for every repetition of a picture. */
  String file() {
    return path.getFileName().toString();
  }

  /**
   * A question about a scene.
   *
   * @param id question id, unique in the demo
   * @param text the question
   * @param expected the true answer, where one is known
   */
  record Asked(String id, String text, Optional<String> expected) {}
}
