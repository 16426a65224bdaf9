package io.lgvq.training.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a run's folder to one training: two would write the same checkpoints and curves. The file
 * {@code lock} stays behind; the system lets go of the lock on it however the process ends.
 *
 * <p>Ownership: whoever takes it closes it.
 */
final class FolderLock implements AutoCloseable {

  private static final String FILE = "lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a folder.
   *
   * @param folder made if missing
   * @throws IllegalStateException if another training, of this process or another, has it
   */
  static FolderLock take(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw new IllegalStateException(
          "another training runs in %s: wait for its end or choose another --folder"
              .formatted(folder));
    }
    return new FolderLock(channel);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
