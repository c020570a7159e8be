package com.techcorp.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost that only those believe who are told to. */
final class TestCertificate {
  private static final String PASSWORD = "changeit";
  private static final Path FILE = made();

  private TestCertificate() {}

  /** Has servers of GreenMail that start from now on show it. */
  static void use() {
    System.setProperty("greenmail.tls.keystore.file", FILE.toString());
    System.setProperty("greenmail.tls.keystore.password", PASSWORD);
  }

  /** For both ends of a connection. */
  static SSLContext context() {
    try (InputStream in = Files.newInputStream(FILE)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD.toCharArray());
      KeyStore believed = KeyStore.getInstance("PKCS12");
      believed.load(null, null);
      believed.setCertificateEntry("localhost", store.getCertificate("localhost"));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(believed);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path made() {
    try {
      Path directory = Files.createTempDirectory("techcorp-mail-");
      Path file = directory.resolve("localhost.p12");
      file.toFile().deleteOnExit();
      directory.toFile().deleteOnExit();
      String options =
          "-genkeypair -alias localhost -keyalg EC -dname CN=localhost -validity 2"
              + " -ext san=dns:localhost -storetype PKCS12 -storepass "
              + PASSWORD;
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
      command.addAll(List.of(options.split(" ", -1)));
      command.addAll(List.of("-keystore", file.toString()));
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool: " + output);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
