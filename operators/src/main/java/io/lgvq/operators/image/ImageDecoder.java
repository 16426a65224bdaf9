package io.lgvq.operators.image;

/**
 * Turns an encoded image into pixels of the size that a bundle asks for.
 *
 * <p>Threading: implementations are safe for use by several threads.
 */
public interface ImageDecoder extends AutoCloseable {

  /**
   * Decodes one image; never throws on bad content.
   *
   * @param encoded the file's bytes
   * @param mediaType the declared media type, or an empty string
   * @return the picture, or the reason why there is none
   * @throws io.lgvq.operators.OperatorException if the machine lacks threads or memory to decode;
   *     the image is not to blame
   */
  Decoded decode(byte[] encoded, String mediaType);

  /** Stops whatever threads the decoder holds. */
  @Override
  void close();
}
