package io.lgvq.schemas.serde;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroTypeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary decoder, for bytes that may lie about their lengths.
 *
 * <p>Avro's own decoder allocates what a length prefix claims before it looks whether that many
 * bytes are there (up to 2 GB, as of 1.12.1), and its readers allocate arrays as long as an item
 * count claims. Here a length may not exceed the bytes that are left, and all item counts of a
 * record together may not exceed its length, plus {@value #FREE_ITEMS} for items without bytes
 * (nulls, empty records). Every honest record passes, since every other item takes at least a byte.
 *
 * <p>One instance reads one record, on one thread.
 */
final class BoundedDecoder extends Decoder {

  /** Items that need not be backed by bytes: bounds an array of nulls. */
  static final int FREE_ITEMS = 1 << 16;

  private final BinaryDecoder in;
  private long itemsLeft;

  BoundedDecoder(byte[] bytes, int offset, int length) {
    this.in = DecoderFactory.get().binaryDecoder(bytes, offset, length, null);
    this.itemsLeft = (long) length + FREE_ITEMS;
  }

  /** How many bytes have not been read. */
  int left() throws IOException {
    return in.inputStream().available();
  }

  private int length(long claimed) throws IOException {
    if (claimed < 0) {
      throw new AvroTypeException("A length is negative: " + claimed);
    }
    if (claimed > left()) {
      throw new EOFException("A length of %d exceeds the %d bytes left".formatted(claimed, left()));
    }
    return (int) claimed;
  }

  /** A block's item count; a negative one is followed by the block's size in bytes. */
  private long items() throws IOException {
    long count = in.readLong();
    if (count < 0) {
      length(in.readLong());
      count = -count;
    }
    if (count < 0 || count > itemsLeft) {
      throw new AvroTypeException("More items are claimed than the record has bytes: " + count);
    }
    itemsLeft -= count;
    return count;
  }

  /** Skips blocks that tell their size; returns the item count of the first that does not. */
  private long skipBlocks() throws IOException {
    long count = in.readLong();
    while (count < 0) {
      in.skipFixed(length(in.readLong()));
      count = in.readLong();
    }
    if (count > itemsLeft) {
      throw new AvroTypeException("More items are claimed than the record has bytes: " + count);
    }
    itemsLeft -= count;
    return count;
  }

  private byte[] bytes() throws IOException {
    byte[] result = new byte[length(in.readLong())];
    in.readFixed(result, 0, result.length);
    return result;
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    return ByteBuffer.wrap(bytes());
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    return new Utf8(bytes());
  }

  @Override
  public String readString() throws IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void skipString() throws IOException {
    skipBytes();
  }

  @Override
  public void skipBytes() throws IOException {
    in.skipFixed(length(in.readLong()));
  }

  @Override
  public void readFixed(byte[] bytes, int start, int length) throws IOException {
    in.readFixed(bytes, start, length(length));
  }

  @Override
  public void skipFixed(int length) throws IOException {
    in.skipFixed(length(length));
  }

  @Override
  public long readArrayStart() throws IOException {
    return items();
  }

  @Override
  public long arrayNext() throws IOException {
    return items();
  }

  @Override
  public long skipArray() throws IOException {
    return skipBlocks();
  }

  @Override
  public long readMapStart() throws IOException {
    return items();
  }

  @Override
  public long mapNext() throws IOException {
    return items();
  }

  @Override
  public long skipMap() throws IOException {
    return skipBlocks();
  }

  @Override
  public void readNull() throws IOException {
    in.readNull();
  }

  @Override
  public boolean readBoolean() throws IOException {
    return in.readBoolean();
  }

  @Override
  public int readInt() throws IOException {
    return in.readInt();
  }

  @Override
  public long readLong() throws IOException {
    return in.readLong();
  }

  @Override
  public float readFloat() throws IOException {
    return in.readFloat();
  }

  @Override
  public double readDouble() throws IOException {
    return in.readDouble();
  }

  @Override
  public int readEnum() throws IOException {
    return in.readEnum();
  }

  @Override
  public int readIndex() throws IOException {
    return in.readIndex();
  }
}
