package io.lgvq.topology.claimcheck;

import io.lgvq.topology.config.RetrySettings;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Which references may be fetched, and what that may cost.
 *
 * <p>Fetching is off while either list is empty: a reference is a wish of whoever writes to the
 * topic, and following it sends a request from inside our network.
 *
 * @param schemes of {@code http} and {@code https}
 * @param hosts exact host names or addresses, lower case, with {@code :port} where it is not the
 *     scheme's own
 * @param maxBytes most bytes of one image
 * @param connectTimeout longest time for connecting
 * @param timeout longest time for one attempt in all, the body included
 * @param retry for hosts that do not answer, or answer with an error of theirs
 */
public record ClaimCheckSettings(
    Set<String> schemes,
    Set<String> hosts,
    int maxBytes,
    Duration connectTimeout,
    Duration timeout,
    RetrySettings retry) {

  private static final Set<String> POSSIBLE = Set.of("http", "https");

  /** Checks that the schemes are ones that can be fetched. */
  public ClaimCheckSettings {
    schemes = Set.copyOf(schemes);
    hosts = Set.copyOf(hosts);
    if (!POSSIBLE.containsAll(schemes)) {
      throw new IllegalArgumentException(
          "image references can be fetched by http and https, not by all of " + schemes);
    }
  }

  /** Nothing is fetched. */
  public static ClaimCheckSettings off() {
    return allowing(Set.of(), Set.of());
  }

  /**
   * 20 MiB, 2 s to connect, 10 s in all, three attempts.
   *
   * @param schemes of {@code http} and {@code https}
   * @param hosts exact host names, with {@code :port} where it is not the scheme's own
   */
  public static ClaimCheckSettings allowing(Set<String> schemes, Set<String> hosts) {
    return new ClaimCheckSettings(
        schemes,
        hosts,
        20 << 20,
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        new RetrySettings(3, Duration.ofMillis(200)));
  }

  /** Whether a URI's scheme and host are on the lists; one with user information never is. */
  boolean allows(URI uri) {
    if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
      return false;
    }
    return schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT)) && hosts.contains(place(uri));
  }

  /** The host of a URI as it stands in {@link #hosts}. */
  String place(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return uri.getPort() < 0 ? host : host + ":" + uri.getPort();
  }
}
