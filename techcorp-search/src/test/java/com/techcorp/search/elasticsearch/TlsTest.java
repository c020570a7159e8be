package com.techcorp.search.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.search.IndexOptions;
import com.techcorp.search.SearchUnavailableException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which certificates of a server are trusted. */
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path folder;

  private static KeyStore here;
  private static KeyStore elsewhere;

  @BeforeAll
  static void createCertificates() throws Exception {
    here = create("here", "ip:127.0.0.1");
    elsewhere = create("elsewhere", "dns:elsewhere.example");
  }

  private static KeyStore create(String name, String subject) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + subject,
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static Certificate certificate(KeyStore store) throws Exception {
    return store.getCertificate("server");
  }

  private static Path pem(KeyStore store) throws Exception {
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(certificate(store).getEncoded());
    return Files.writeString(
        Files.createTempFile(folder, "ca", ".crt"),
        "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
  }

  private static String fingerprint(KeyStore store) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate(store).getEncoded());
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
  }

  private static SSLContext server(KeyStore store) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static void open(KeyStore store, UnaryOperator<ElasticIndex.Builder> trust)
      throws Exception {
    try (EngineStub engine = EngineStub.start(server(store));
        ElasticIndex index =
            trust.apply(ElasticIndex.builder(engine.uri()).options(TestOptions.PATIENT)).build()) {
      index.open(IndexOptions.DEFAULT);
    }
  }

  private static void assertRefused(KeyStore store, UnaryOperator<ElasticIndex.Builder> trust) {
    assertThatThrownBy(() -> open(store, trust)).isInstanceOf(SearchUnavailableException.class);
  }

  @Test
  void anAuthorityIsTrusted() throws Exception {
    Path authority = pem(here);
    open(here, builder -> builder.certificateAuthority(authority));
  }

  @Test
  void aFingerprintIsTrusted() throws Exception {
    String fingerprint = fingerprint(here);
    open(here, builder -> builder.certificateFingerprint(fingerprint));
    open(
        here,
        builder ->
            builder.certificateFingerprint(fingerprint.replace(":", "").toLowerCase(Locale.ROOT)));
  }

  @Test
  void nobodyElseIsTrusted() throws Exception {
    Path authority = pem(elsewhere);
    String fingerprint = fingerprint(elsewhere);

    assertRefused(here, builder -> builder);
    assertRefused(here, builder -> builder.certificateAuthority(authority));
    assertRefused(here, builder -> builder.certificateFingerprint(fingerprint));
  }

  @Test
  void theCertificateMustBeOfThisHost() throws Exception {
    Path authority = pem(elsewhere);
    String fingerprint = fingerprint(elsewhere);

    assertRefused(elsewhere, builder -> builder.certificateAuthority(authority));
    assertRefused(elsewhere, builder -> builder.certificateFingerprint(fingerprint));
  }

  /** Anybody can show the authority's certificate beside one of their own. */
  @Test
  void theCertificateOfTheFingerprintMustHaveSignedTheServers() throws Exception {
    KeyStore forged = KeyStore.getInstance("JKS");
    forged.load(null, null);
    PrivateKey key = (PrivateKey) here.getKey("server", PASSWORD);
    forged.setKeyEntry(
        "server", key, PASSWORD, new Certificate[] {certificate(here), certificate(elsewhere)});
    String fingerprint = fingerprint(elsewhere);

    assertRefused(forged, builder -> builder.certificateFingerprint(fingerprint));
  }
}
