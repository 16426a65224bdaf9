package io.lgvq.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lgvq.schemas.problem.SchemaConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.types.Password;

/**
 * One URL of the registry and what to show at its door. Its text form is the URL without
 * credentials.
 *
 * @param base the URL without user information and without a slash at the end
 * @param authorization the value of the {@code Authorization} header, if any
 */
record Endpoint(String base, Optional<String> authorization) {

  private static final Set<String> IN_MEMORY = Set.of("memory", "mock");

  /** Every URL of the settings, with the credentials that go to it. */
  static List<Endpoint> all(Map<String, Object> settings) {
    List<?> urls = (List<?>) settings.get(RegistrySettings.URL);
    if (urls.isEmpty()) {
      throw new SchemaConfigurationException(
          RegistrySettings.URL + " is empty: it must name at least one registry.");
    }
    Optional<String> shared = shared(settings);
    return urls.stream().map(url -> of(url.toString().strip(), shared)).toList();
  }

  /** The name after {@code memory://} or {@code mock://}, if this URL is one of those. */
  Optional<String> inMemoryName() {
    URI uri = URI.create(base);
    return IN_MEMORY.contains(uri.getScheme())
        ? Optional.of(uri.getSchemeSpecificPart().substring(2))
        : Optional.empty();
  }

  private static Endpoint of(String url, Optional<String> shared) {
    URI uri = parse(url);
    if (IN_MEMORY.contains(uri.getScheme())) {
      return new Endpoint(url, Optional.empty());
    }
    String base = uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    String userInfo = uri.getUserInfo();
    if (userInfo != null) {
      base = base.replaceFirst("//[^@/]*@", "//");
    }
    return new Endpoint(
        base.replaceFirst("/+$", ""),
        shared.or(() -> Optional.ofNullable(userInfo).map(Endpoint::basic)));
  }

  /** The URL stays out of the messages: it may hold a password. */
  private static URI parse(String url) {
    String wrong =
        RegistrySettings.URL
            + " holds something that is not an http or https URL; expected for instance http://registry:8081.";
    try {
      URI uri = new URI(url);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if ((http && uri.getHost() != null)
          || (IN_MEMORY.contains(uri.getScheme()) && !uri.isOpaque())) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new SchemaConfigurationException(wrong);
    }
    throw new SchemaConfigurationException(wrong);
  }

  private static Optional<String> shared(Map<String, Object> settings) {
    boolean userInfo = "USER_INFO".equals(settings.get("basic.auth.credentials.source"));
    boolean bearer = settings.get("bearer.auth.credentials.source") != null;
    if (userInfo && bearer) {
      throw new SchemaConfigurationException(
          "basic.auth.credentials.source=USER_INFO and bearer.auth.credentials.source exclude each other: set one.");
    }
    if (userInfo) {
      String value =
          secret(settings, "basic.auth.user.info", "basic.auth.credentials.source=USER_INFO");
      if (value.indexOf(':') < 0) {
        throw new SchemaConfigurationException(
            "basic.auth.user.info must have the form user:password.");
      }
      return Optional.of(basic(value));
    }
    return bearer
        ? Optional.of(
            "Bearer "
                + secret(
                    settings, "bearer.auth.token", "bearer.auth.credentials.source=STATIC_TOKEN"))
        : Optional.empty();
  }

  private static String secret(Map<String, Object> settings, String key, String because) {
    Password password = (Password) settings.get(key);
    if (password == null || password.value().isBlank()) {
      throw new SchemaConfigurationException(key + " is missing: " + because + " needs it.");
    }
    String value = password.value().strip();
    if (value.chars().anyMatch(c -> c < ' ')) {
      throw new SchemaConfigurationException(key + " must not contain line breaks.");
    }
    return value;
  }

  private static String basic(String userInfo) {
    return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return base;
  }
}
