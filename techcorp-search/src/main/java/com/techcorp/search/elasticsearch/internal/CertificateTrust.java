package com.techcorp.search.elasticsearch.internal;

import com.techcorp.error.WiringException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Makes TLS trust one authority instead of all that the JVM trusts. */
public final class CertificateTrust {
  private static final int SHA_256_BYTES = 32;

  private CertificateTrust() {}

  /**
   * Trusts what the certificates of a file have signed.
   *
   * @param pem the authority's certificates, such as Elasticsearch's {@code http_ca.crt}
   * @return for a client
   * @throws WiringException if the file holds no certificate
   */
  public static SSLContext ofFile(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      return context(managers(CertificateFactory.getInstance("X.509").generateCertificates(in)));
    } catch (IOException | GeneralSecurityException e) {
      throw new WiringException(
          "The file " + pem + " must hold the certificate of Elasticsearch's authority, as PEM", e);
    }
  }

  /**
   * Trusts what the certificate of a fingerprint has signed, and itself.
   *
   * @param fingerprint SHA-256 as 64 hexadecimal digits, with or without colons
   * @return for a client
   * @throws WiringException if it is no fingerprint
   */
  public static SSLContext ofFingerprint(String fingerprint) {
    try {
      byte[] digest =
          HexFormat.of().parseHex(fingerprint.replace(":", "").strip().toLowerCase(Locale.ROOT));
      if (digest.length == SHA_256_BYTES) {
        return context(new TrustManager[] {new Pinned(digest)});
      }
    } catch (IllegalArgumentException e) {
      // as below
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
    throw new WiringException(
        "A certificate's fingerprint is its SHA-256 in 64 hexadecimal digits, as openssl x509"
            + " -fingerprint -sha256 shows it");
  }

  private static SSLContext context(TrustManager[] managers) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers, null);
    return context;
  }

  private static TrustManager[] managers(Collection<? extends Certificate> trusted)
      throws GeneralSecurityException, IOException {
    if (trusted.isEmpty()) {
      throw new CertificateException("no certificate");
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (Certificate each : trusted) {
      store.setCertificateEntry("authority-" + store.size(), each);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** Finds the one certificate in what a server shows, and has the chain checked up to it. */
  private static final class Pinned implements X509TrustManager {
    private final byte[] digest;

    Pinned(byte[] digest) {
      this.digest = digest;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      try {
        for (X509Certificate each : chain) {
          byte[] own = MessageDigest.getInstance("SHA-256").digest(each.getEncoded());
          if (MessageDigest.isEqual(own, digest)) {
            for (TrustManager manager : managers(List.of(each))) {
              ((X509TrustManager) manager).checkServerTrusted(chain, authType);
            }
            return;
          }
        }
      } catch (IOException | GeneralSecurityException e) {
        throw new CertificateException("the certificate of this fingerprint has not signed it", e);
      }
      throw new CertificateException("no certificate of the server has this fingerprint");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
