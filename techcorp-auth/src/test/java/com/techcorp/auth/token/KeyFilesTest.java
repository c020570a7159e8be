package com.techcorp.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.AccessToken;
import com.techcorp.error.WiringException;
import com.techcorp.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key files as OpenSSL writes them, and tokens as OpenSSL verifies them. */
class KeyFilesTest {
  private static final String PASSWORD = "planted-password";

  @TempDir static Path directory;
  private static OpenSsl openssl;

  @BeforeAll
  static void makesAKeyInEachForm() throws IOException, InterruptedException {
    openssl = new OpenSsl(directory);
    openssl.run("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "key");
    openssl.run("pkey", "-in", "key", "-pubout", "-out", "public");
    openssl.run("req", "-x509", "-key", "key", "-subj", "/CN=auth", "-days", "2", "-out", "cert");
    openssl.run(
        "pkcs12",
        "-export",
        "-inkey",
        "key",
        "-in",
        "cert",
        "-name",
        "tokens",
        "-out",
        "store",
        "-passout",
        "pass:" + PASSWORD);
  }

  @Test
  void eachFormGivesTheSameKey() throws IOException {
    // given
    SigningKey key = SigningKey.ofPem(openssl.text("key"));

    // then
    VerificationKey expected = key.verificationKey();
    assertThat(VerificationKey.ofPem(openssl.text("public"))).isEqualTo(expected);
    assertThat(VerificationKey.ofPem(openssl.text("cert"))).isEqualTo(expected);
    assertThat(VerificationKey.ofPem(openssl.text("key") + openssl.text("cert")))
        .isEqualTo(expected);
    assertThat(SigningKey.ofPkcs12(openssl.bytes("store"), password()).verificationKey())
        .isEqualTo(expected);
    assertThat(SigningKey.ofPkcs12(openssl.bytes("store"), password(), "tokens").verificationKey())
        .isEqualTo(expected);
  }

  @Test
  void openSslVerifiesATokenByTheKeyInTheDocument()
      throws IOException, InterruptedException, GeneralSecurityException {
    // given
    TokenKeys keys = TokenKeys.of(SigningKey.ofPem(openssl.text("key")));
    AccessToken token =
        AccessTokens.of(keys, TokenOptions.DEFAULT, TestTokens.clock())
            .issue(TestTokens.USER, TestTokens.EMAIL, TestTokens.SESSION);
    String value = token.value();
    int dot = value.lastIndexOf('.');
    openssl.write("content", value.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
    openssl.write("signature", Base64.getUrlDecoder().decode(value.substring(dot + 1)));
    openssl.write("published", OpenSsl.pem("PUBLIC KEY", onlyKey(keys.jwks()).getEncoded()));

    // when
    String answer =
        openssl.run(
            "dgst", "-sha256", "-verify", "published", "-signature", "signature", "content");

    // then
    assertThat(answer).contains("Verified OK");
  }

  private static PublicKey onlyKey(Jwks document) throws GeneralSecurityException {
    JsonObject key = JsonObject.parse(document.json()).objects("keys").get(0);
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(number(key.text("n")), number(key.text("e"))));
  }

  private static BigInteger number(String base64url) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(base64url));
  }

  @Test
  void theDocumentHasItsHeadersAndNothingPrivate() {
    // given
    Jwks document = TokenKeys.of(TestTokens.KEY).jwks();

    // then
    assertThat(document.cacheControl()).isEqualTo("public, max-age=300");
    assertThat(TokenKeys.of(TestTokens.KEY).jwks(Duration.ofSeconds(60)).cacheControl())
        .isEqualTo("public, max-age=60");
    assertThat(JsonObject.parse(document.json()).objects("keys").get(0).keySet())
        .containsExactlyInAnyOrder("kty", "use", "alg", "kid", "n", "e");
    assertThat(document).hasToString("Jwks[public, max-age=300]");
    refuses(
        () -> TokenKeys.of(TestTokens.KEY).jwks(Duration.ZERO),
        "Jwks.maxAge must be 1 s to 86400 s, was 0 s");
  }

  @Test
  void aKeyOf1024BitsIsRefused() throws IOException, InterruptedException {
    // given
    openssl.run("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024", "-out", "weak");
    openssl.run("pkey", "-in", "weak", "-pubout", "-out", "weak-public");
    String weak = openssl.text("weak");
    String weakPublic = openssl.text("weak-public");

    // then
    refuses(() -> SigningKey.ofPem(weak), "must be 2048 to 8192, was 1024");
    refuses(() -> VerificationKey.ofPem(weakPublic), "must be 2048 to 8192, was 1024");
  }

  @Test
  void aKeyOfAnotherKindIsRefused() throws IOException, InterruptedException {
    // given
    openssl.run(
        "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "curve");
    openssl.run("pkey", "-in", "curve", "-pubout", "-out", "curve-public");
    String curve = openssl.text("curve");
    String curvePublic = openssl.text("curve-public");

    // then
    refuses(() -> SigningKey.ofPem(curve), "no RSA key");
    refuses(() -> VerificationKey.ofPem(curvePublic), "no RSA key");
  }

  @Test
  void otherFormsAreRefusedWithWhatToDo() throws IOException, InterruptedException {
    // given
    openssl.run("rsa", "-in", "key", "-traditional", "-out", "traditional");
    openssl.run(
        "pkcs8", "-topk8", "-in", "key", "-passout", "pass:" + PASSWORD, "-out", "encrypted");
    String traditional = openssl.text("traditional");
    String encrypted = openssl.text("encrypted");

    // then
    refuses(() -> SigningKey.ofPem(traditional), "openssl pkcs8 -topk8 -nocrypt");
    refuses(() -> SigningKey.ofPem(encrypted), "openssl pkcs8 -topk8 -nocrypt");
    refuses(() -> SigningKey.ofPem(""), "BEGIN PRIVATE KEY");
    refuses(() -> VerificationKey.ofPem("planted"), "BEGIN PUBLIC KEY or BEGIN CERTIFICATE");
  }

  @Test
  void aDamagedFileIsRefusedWithoutQuotingIt() throws IOException {
    // given
    String key = openssl.text("key");
    String base64 = key.lines().skip(1).findFirst().orElseThrow();
    byte[] store = openssl.bytes("store");

    // then
    refuses(() -> SigningKey.ofPem(key.replace(base64, base64.substring(4))), "no RSA key");
    refuses(() -> SigningKey.ofPem(key.replace(base64, base64 + "!")), "not base64");
    refuses(() -> SigningKey.ofPkcs12(store, "wrong".toCharArray()), "the password is wrong");
    refuses(() -> SigningKey.ofPkcs12(new byte[100], password()), "or it is damaged");
    refuses(() -> SigningKey.ofPkcs12(store, password(), "other"), "no RSA private key");
  }

  private static char[] password() {
    return PASSWORD.toCharArray();
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(call)
        .withMessageContaining(message)
        .withNoCause()
        .withMessageNotContainingAny(PASSWORD, "planted", "MII");
  }
}
