package io.lgvq.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.schemas.problem.RegistryUnavailableException;
import io.lgvq.schemas.problem.SchemaConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutual TLS with stores that keytool makes for each run. */
class RegistryTlsTest {

  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder;
  private static StubRegistry server;

  private final Map<String, Object> configuration =
      new HashMap<>(Map.of("schema.registry.url", server.url(), "max.retries", 0));

  @BeforeAll
  static void startServer() throws Exception {
    makeKey("server", "san=ip:127.0.0.1");
    makeKey("client", "san=dns:client");
    makeKey("stranger", "san=dns:stranger");
    server = StubRegistry.startWithMutualTls(serverContext());
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void shouldShowItsCertificateAndTrustTheRegistrys() {
    trusting("server");
    show("client");

    assertThat(registry().schema(7)).isPresent();
  }

  @Test
  void shouldTrustACertificateInPem() {
    configuration.put("schema.registry.ssl.truststore.type", "PEM");
    configuration.put(
        "schema.registry.ssl.truststore.location", folder.resolve("server.pem").toString());
    show("client");

    assertThat(registry().schema(7)).isPresent();
  }

  @Test
  void shouldNotTalkToARegistryThatItDoesNotTrust() {
    show("client");
    configuration.put("schema.registry.ssl.truststore.type", "PKCS12");
    trusting("stranger");

    assertUnavailable("PKIX");
  }

  @Test
  void shouldBeTurnedAwayWithoutACertificate() {
    trusting("server");

    assertUnavailable(server.url());
  }

  @Test
  void shouldBeTurnedAwayWithAStrangersCertificate() {
    trusting("server");
    show("stranger");

    assertUnavailable(server.url());
  }

  @Test
  void shouldCheckTheRegistrysName() {
    configuration.put("schema.registry.url", server.url().replace("127.0.0.1", "localhost"));
    trusting("server");
    show("client");

    assertUnavailable("localhost");
  }

  @Test
  void shouldSayThatAStoresPasswordIsWrongWithoutShowingIt() {
    trusting("server");
    configuration.put("schema.registry.ssl.truststore.password", "guessed");

    assertThatThrownBy(this::registry)
        .isInstanceOf(SchemaConfigurationException.class)
        .hasMessageContaining("schema.registry.ssl")
        .hasMessageNotContaining("guessed");
  }

  private void assertUnavailable(String message) {
    SchemaRegistry registry = registry();
    assertThatThrownBy(() -> registry.schema(7))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining(message);
  }

  private SchemaRegistry registry() {
    return SchemaRegistry.connect(configuration);
  }

  private void trusting(String name) {
    store("truststore", trust(name));
  }

  private void show(String name) {
    store("keystore", folder.resolve(name + ".p12"));
    configuration.put("schema.registry.ssl.key.password", PASSWORD);
  }

  private void store(String kind, Path file) {
    configuration.put("schema.registry.ssl." + kind + ".type", "PKCS12");
    configuration.put("schema.registry.ssl." + kind + ".location", file.toString());
    configuration.put("schema.registry.ssl." + kind + ".password", PASSWORD);
  }

  /** A key with its own certificate, that certificate as PEM, and a store that trusts it. */
  private static void makeKey(String name, String names) throws Exception {
    Path keys = folder.resolve(name + ".p12");
    keytool(
        "-genkeypair -keyalg EC -groupname secp256r1 -validity 2 -storetype PKCS12",
        List.of(
            "-alias", name, "-dname", "CN=" + name, "-ext", names, "-keystore", keys.toString()));
    Certificate certificate = load(keys).getCertificate(name);
    String body = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
    Files.writeString(
        folder.resolve(name + ".pem"),
        "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(name, certificate);
    try (OutputStream out = Files.newOutputStream(trust(name))) {
      trusted.store(out, PASSWORD.toCharArray());
    }
  }

  private static void keytool(String options, List<String> more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(options.split(" ")));
    command.addAll(more);
    command.addAll(List.of("-storepass", PASSWORD));
    Path log = folder.resolve("keytool.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IOException(Files.readString(log));
    }
  }

  private static SSLContext serverContext() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(load(folder.resolve("server.p12")), PASSWORD.toCharArray());
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(load(trust("client")));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private static Path trust(String name) {
    return folder.resolve("trust-" + name + ".p12");
  }

  private static KeyStore load(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }
}
