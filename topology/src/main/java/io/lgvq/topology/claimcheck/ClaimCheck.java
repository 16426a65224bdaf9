package io.lgvq.topology.claimcheck;

import static io.lgvq.topology.deadletter.DeadLetterReason.IMAGE_TOO_MANY_BYTES;
import static io.lgvq.topology.deadletter.DeadLetterReason.REFERENCE_DIGEST_MISMATCH;
import static io.lgvq.topology.deadletter.DeadLetterReason.REFERENCE_NOT_ALLOWED;
import static io.lgvq.topology.deadletter.DeadLetterReason.REFERENCE_SIZE_MISMATCH;

import io.lgvq.schemas.event.ImageReference;
import io.lgvq.topology.deadletter.Verdict;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Redeems references to images that lie outside Kafka.
 *
 * <p>What is fetched is what was referred to, or nothing: the length and the SHA-256 of the event
 * decide. A host that stays silent costs its own images, by dead letters that can be replayed; it
 * does not stop the stage, for then one sender's outage would be everybody's. Only the first of
 * them is waited for: the others are refused at once, until the host answers again.
 *
 * <p>Threading: safe for use by several threads; a call blocks for as long as the settings allow.
 */
public final class ClaimCheck {

  private final ClaimCheckSettings settings;
  private final Download download;

  /**
   * @param settings which references may be fetched
   */
  public ClaimCheck(ClaimCheckSettings settings) {
    this.settings = settings;
    this.download = new Download(settings);
  }

  /** The referenced bytes, or why they cannot be had. */
  public Verdict<byte[]> fetch(ImageReference reference) {
    URI uri;
    try {
      uri = new URI(reference.getUri());
    } catch (URISyntaxException e) {
      // Without the exception, whose message holds the text.
      return Verdict.rejected(REFERENCE_NOT_ALLOWED, "the reference is not a URI");
    }
    if (!settings.allows(uri)) {
      return Verdict.rejected(
          REFERENCE_NOT_ALLOWED,
          "the scheme '%s' and host '%s' are not both allow-listed"
              .formatted(uri.getScheme(), uri.getHost()));
    }
    if (reference.getSize() > settings.maxBytes()) {
      return Verdict.rejected(
          IMAGE_TOO_MANY_BYTES,
          "the reference declares %d bytes, the limit is %d"
              .formatted(reference.getSize(), settings.maxBytes()));
    }
    return download.get(uri, reference.getSize()).then(content -> check(content, reference));
  }

  private static Verdict<byte[]> check(byte[] content, ImageReference reference) {
    if (content.length != reference.getSize()) {
      return Verdict.rejected(
          REFERENCE_SIZE_MISMATCH,
          "%d bytes came, the reference declares %d"
              .formatted(content.length, reference.getSize()));
    }
    String digest = HexFormat.of().formatHex(sha256().digest(content));
    if (!digest.equalsIgnoreCase(reference.getSha256())) {
      return Verdict.rejected(
          REFERENCE_DIGEST_MISMATCH,
          "the content's SHA-256 is " + digest + ", not the declared one");
    }
    return Verdict.accepted(content);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
