package com.techcorp.mail;

import com.techcorp.error.WiringException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client for SendGrid. It repeats nothing and follows nothing by itself, and looks before
 * each request whether the connection is still there. HTTP/1.1, so that a lost connection leaves
 * one mail in doubt, not all that share it. What a peer says has bounds.
 */
final class SendGridClient {
  private static final int MAX_LINE = 8 * 1024;
  private static final int MAX_HEADERS = 200;

  private SendGridClient() {}

  static CloseableHttpClient of(SendGridSetup setup) {
    SendGridSetup.Proxy proxy = setup.proxy();
    HttpClientBuilder builder =
        HttpClients.custom()
            .setConnectionManager(connections(setup))
            .setRequestExecutor(new WriteWatch(proxy != null && proxy.login() != null))
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(timeout(setup.times().request()))
                    .setResponseTimeout(timeout(setup.times().request()))
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .setUserAgent("techcorp-mail")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression();
    return through(proxy, builder).build();
  }

  /** Sets the proxy; without one of the host's, uses the JVM's system properties. */
  private static HttpClientBuilder through(
      SendGridSetup.@Nullable Proxy proxy, HttpClientBuilder builder) {
    if (proxy == null) {
      return builder.setRoutePlanner(new SystemDefaultRoutePlanner(null));
    }
    BasicCredentialsProvider logins = new BasicCredentialsProvider();
    SendGridSetup.Login login = proxy.login();
    if (login != null) {
      logins.setCredentials(
          new AuthScope(proxy.host(), proxy.port()),
          new UsernamePasswordCredentials(login.user(), login.password().toCharArray()));
    }
    return builder
        .setRoutePlanner(new DefaultProxyRoutePlanner(new HttpHost(proxy.host(), proxy.port())))
        .setDefaultCredentialsProvider(logins);
  }

  private static HttpClientConnectionManager connections(SendGridSetup setup) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnTotal(Integer.MAX_VALUE)
        .setMaxConnPerRoute(Integer.MAX_VALUE)
        .setTlsSocketStrategy(
            new DefaultClientTlsStrategy(
                trusted(setup), HostnameVerificationPolicy.BUILTIN, NoopHostnameVerifier.INSTANCE))
        .setDefaultTlsConfig(
            TlsConfig.custom().setHandshakeTimeout(timeout(setup.times().connect())).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(timeout(setup.times().connect()))
                .setSocketTimeout(timeout(setup.times().request()))
                .setIdleTimeout(timeout(setup.times().idle()))
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build())
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom()
                        .setMaxLineLength(MAX_LINE)
                        .setMaxHeaderCount(MAX_HEADERS)
                        .build())
                .build())
        .build();
  }

  private static SSLContext trusted(SendGridSetup setup) {
    SSLContext trusted = setup.trusted();
    try {
      return trusted == null ? SSLContext.getDefault() : trusted;
    } catch (NoSuchAlgorithmException e) {
      throw new WiringException("SendGrid: the JVM's trusted certificates cannot be read: " + e);
    }
  }

  private static Timeout timeout(Duration longest) {
    return Timeout.of(longest);
  }
}
