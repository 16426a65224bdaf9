package io.lgvq.training.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A text file that is there whole or not at all, whenever its writer is killed. */
public final class WholeFile {

  private WholeFile() {}

  /** Writes lines beside the file, then puts them in its place. */
  public static void write(Path file, List<String> lines) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".part");
    Files.write(draft, lines);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
