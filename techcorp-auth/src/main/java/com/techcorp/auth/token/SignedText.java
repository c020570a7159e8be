package com.techcorp.auth.token;

import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.techcorp.auth.TokenRefusal;
import java.util.Date;
import java.util.List;
import java.util.Map;

/**
 * The three parts of a token, for java-jwt to check the signature. java-jwt reads nothing else of
 * it: its own reading of the JSON is the more lenient one, and happens before it checks anything.
 */
final class SignedText implements DecodedJWT {
  private final String header;
  private final String payload;
  private final String signature;

  private SignedText(TokenText token) {
    this.header = token.header();
    this.payload = token.payload();
    this.signature = token.signature();
  }

  /** Refuses a token that the key did not sign. The key decides that it is RS256. */
  static void check(TokenText token, VerificationKey key) throws RefusedTokenException {
    try {
      Algorithm.RSA256(key.publicKey(), null).verify(new SignedText(token));
    } catch (SignatureVerificationException e) {
      throw new RefusedTokenException(TokenRefusal.WRONG_SIGNATURE);
    }
  }

  @Override
  public String getHeader() {
    return header;
  }

  @Override
  public String getPayload() {
    return payload;
  }

  @Override
  public String getSignature() {
    return signature;
  }

  @Override
  public String getToken() {
    return header + "." + payload + "." + signature;
  }

  /** The key is given; its id was only good for finding it. */
  @Override
  public String getKeyId() {
    return "";
  }

  @Override
  public String getAlgorithm() {
    return TokenHeader.ALGORITHM;
  }

  @Override
  public String getType() {
    return TokenHeader.TYPE;
  }

  @Override
  public String getContentType() {
    throw notRead();
  }

  @Override
  public Claim getHeaderClaim(String name) {
    throw notRead();
  }

  @Override
  public String getIssuer() {
    throw notRead();
  }

  @Override
  public String getSubject() {
    throw notRead();
  }

  @Override
  public List<String> getAudience() {
    throw notRead();
  }

  @Override
  public Date getExpiresAt() {
    throw notRead();
  }

  @Override
  public Date getNotBefore() {
    throw notRead();
  }

  @Override
  public Date getIssuedAt() {
    throw notRead();
  }

  @Override
  public String getId() {
    throw notRead();
  }

  @Override
  public Claim getClaim(String name) {
    throw notRead();
  }

  @Override
  public Map<String, Claim> getClaims() {
    throw notRead();
  }

  private static UnsupportedOperationException notRead() {
    return new UnsupportedOperationException("only the signature is java-jwt's to check");
  }

  /** Returns a description without the token. */
  @Override
  public String toString() {
    return "SignedText[***]";
  }
}
