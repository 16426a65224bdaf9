package io.lgvq.app.stage;

import io.lgvq.app.config.LgvqConfig;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds names in the environment that are meant for us and that nobody reads. The configuration
 * itself refuses unknown properties everywhere else; variables it merely overlooks.
 */
final class EnvironmentCheck {
  private static final String OURS = "LGVQ_";

  /** What the launcher reads. */
  private static final Set<String> LAUNCHER =
      Set.of("LGVQ_JAVA_OPTS", "LGVQ_MVN_OPTS", "LGVQ_BUILD");

  /** What Kubernetes (and docker's links) tells every pod of a service whose name is like ours. */
  private static final Pattern SERVICE =
      Pattern.compile(
          "LGVQ_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_\\d+_(TCP|UDP|SCTP)(_\\w+)?)");

  /** Names as {@code LGVQ_PORT} are told from a typo by their value. */
  private static final Pattern SERVICE_PORT =
      Pattern.compile("LGVQ_(\\w+_)?PORT=(tcp|udp|sctp)://.*");

  private static final Pattern INDEX = Pattern.compile("_\\d+_$");

  private EnvironmentCheck() {}

  /**
   * Looks at the names of all variables.
   *
   * @throws StartException about those that are no property of ours
   */
  static void check(Map<String, String> environment) {
    Set<String> known = known();
    Set<String> unknown = new TreeSet<>();
    environment.forEach(
        (name, value) -> {
          boolean ours = name.startsWith(OURS) && !LAUNCHER.contains(name);
          if (ours && !known.contains(INDEX.matcher(name).replaceFirst("")) && !link(name, value)) {
            unknown.add(name);
          }
        });
    if (!unknown.isEmpty()) {
      throw new StartException(
          "%s (in the environment) is no property of ours; docs/configuration.md lists them."
              .formatted(String.join(", ", unknown)));
    }
  }

  private static boolean link(String name, String value) {
    return SERVICE.matcher(name).matches() || SERVICE_PORT.matcher(name + "=" + value).matches();
  }

  private static Set<String> known() {
    return ConfigMappings.getProperties(ConfigClass.configClass(LgvqConfig.class)).keySet().stream()
        .map(name -> name.replace("[*]", "").replaceAll("[.-]", "_").toUpperCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }
}
