package io.lgvq.operators.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An encoded image in memory, as ImageIO reads it. After {@link #stop()} every read fails, which
 * ends any decoder that still asks for bytes; so does every read after {@value #MOST_READS_AT_END}
 * at the end, for some decoders take the end for data and go on. One thread reads; any thread may
 * stop.
 */
final class EncodedInput extends ImageInputStreamImpl {

  private static final int MOST_READS_AT_END = 10_000;

  private final byte[] bytes;
  private int readsAtEnd;
  private volatile boolean stopped;

  EncodedInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    check();
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : atEnd();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    check();
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    if (count <= 0) {
      return atEnd();
    }
    System.arraycopy(bytes, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  void stop() {
    stopped = true;
  }

  /** Not an EOFException, which TwelveMonkeys catches and ignores. */
  private int atEnd() throws IOException {
    if (++readsAtEnd > MOST_READS_AT_END) {
      throw new IOException("the decoder does not stop at the end of the image");
    }
    return -1;
  }

  private void check() throws IOException {
    checkClosed();
    if (stopped) {
      throw new IOException("decoding was stopped");
    }
  }
}
