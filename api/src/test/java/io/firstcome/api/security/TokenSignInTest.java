package io.firstcome.api.security;

import static io.firstcome.slice.Caller.assertProblem;
import static io.firstcome.slice.Caller.basic;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.firstcome.core.error.ErrorCode;
import io.firstcome.slice.Caller;
import io.firstcome.slice.WebSlice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tokens of a provider on this machine: the good ones, and every way to forge one. */
@SpringBootTest(
    classes = WebSlice.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {WebSlice.CONFIG, WebSlice.ACTUATOR_PORT, WebSlice.HASH})
class TokenSignInTest {
  private static final String ISSUER = "https://issuer.example";
  private static final RSAKey KEY = key("current");
  private static final RSAKey STRANGER = key("stranger");
  private static final RSAKey IMPOSTOR = key("current");
  private static final HttpServer PROVIDER = provider();

  private static volatile boolean providerAway;

  @LocalServerPort int port;
  Caller caller = new Caller(0);

  @DynamicPropertySource
  static void trustTheProvider(DynamicPropertyRegistry settings) {
    String jwt = "spring.security.oauth2.resourceserver.jwt.";
    settings.add(
        jwt + "jwk-set-uri", () -> "http://localhost:" + PROVIDER.getAddress().getPort() + "/keys");
    settings.add(jwt + "issuer-uri", () -> ISSUER);
    settings.add(jwt + "audiences", () -> "firstcome");
  }

  @BeforeEach
  void connect() {
    caller = new Caller(port);
  }

  @AfterAll
  static void stop() {
    PROVIDER.stop(0);
  }

  static Stream<Arguments> administrators() throws JOSEException {
    return Stream.of(
        Arguments.of("role", signed(claims().claim("roles", List.of("USER", "ADMIN")))),
        Arguments.of("one role", signed(claims().claim("roles", "ADMIN"))),
        Arguments.of("scope", signed(claims().claim("scope", "openid firstcome.admin"))),
        Arguments.of("scp", signed(claims().claim("scp", List.of("firstcome.admin")))),
        Arguments.of("within skew", signed(admin().expirationTime(inSeconds(-20)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("administrators")
  void letsAdministratorsIn(String name, String token) {
    HttpResponse<String> answer = whoami("Bearer " + token);
    assertThat(answer.statusCode()).as(name).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"name\":\"ann\"}");
  }

  static Stream<Arguments> others() throws JOSEException {
    return Stream.of(
        Arguments.of("no role", signed(claims())),
        Arguments.of("other role", signed(claims().claim("roles", List.of("USER")))),
        Arguments.of("other case", signed(claims().claim("roles", List.of("admin")))),
        Arguments.of("part of a role", signed(claims().claim("roles", "NOT ADMIN"))),
        Arguments.of("part of a scope", signed(claims().claim("scope", "firstcome.admin2"))),
        Arguments.of("authorities", signed(claims().claim("authorities", "ROLE_ADMIN"))),
        Arguments.of("scope ADMIN", signed(claims().claim("scope", "ADMIN ROLE_ADMIN"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void keepsOthersOut(String name, String token) {
    assertThat(assertProblem(whoami("Bearer " + token), ErrorCode.FORBIDDEN).has("code"))
        .as(name)
        .isTrue();
  }

  static Stream<Arguments> forgeries() throws JOSEException {
    JWTClaimsSet good = admin().build();
    byte[] publicKey = KEY.toPublicJWK().toRSAPublicKey().getEncoded();
    byte[] publicJson = KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
    String signed = signed(admin());
    return Stream.of(
        Arguments.of("alg none", new PlainJWT(good).serialize()),
        Arguments.of("HS256 with the public key", mac(good, publicKey)),
        Arguments.of("HS256 with the public JWK", mac(good, publicJson)),
        Arguments.of("PS256", signed(admin(), KEY, JWSAlgorithm.PS256)),
        Arguments.of("unknown kid", signed(admin(), STRANGER, JWSAlgorithm.RS256)),
        Arguments.of("known kid, other key", signed(admin(), IMPOSTOR, JWSAlgorithm.RS256)),
        Arguments.of("other issuer", signed(admin().issuer("https://other.example"))),
        Arguments.of("no issuer", signed(admin().issuer(null))),
        Arguments.of("other audience", signed(admin().audience("other"))),
        Arguments.of("no audience", signed(admin().audience((String) null))),
        Arguments.of("expired", signed(admin().expirationTime(inSeconds(-120)))),
        Arguments.of("no expiry", signed(admin().expirationTime(null))),
        Arguments.of("not yet", signed(admin().notBeforeTime(inSeconds(120)))),
        Arguments.of("signature cut off", signed.substring(0, signed.lastIndexOf('.') + 1)),
        Arguments.of("signature of another", signed.substring(0, signed.length() - 8) + "AAAAAAAA"),
        Arguments.of("garbage", "garbage"),
        Arguments.of("dots", "a.b.c"),
        Arguments.of("empty", ""),
        Arguments.of("not a token", "<script>"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgeries")
  void refusesForgeries(String name, String token) {
    HttpResponse<String> answer = whoami("Bearer " + token);
    assertProblem(answer, ErrorCode.UNAUTHORIZED);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .as(name)
        .hasSize(2)
        .anySatisfy(way -> assertThat(way).startsWith("Basic realm=\"firstcome\""))
        .anySatisfy(way -> assertThat(way).startsWith("Bearer realm=\"firstcome\""));
  }

  @Test
  void takesNoTokenFromTheAddress() throws JOSEException {
    String path = "/api/admin/whoami?access_token=" + signed(admin());
    assertProblem(caller.get(path), ErrorCode.UNAUTHORIZED);
  }

  @Test
  void saysThatTheProviderIsAwayInsteadOfBlamingTheToken() throws JOSEException {
    providerAway = true;
    try {
      // An unknown key id makes the decoder ask the provider for its keys again.
      String token = signed(admin(), key("rotated"), JWSAlgorithm.RS256);
      assertProblem(whoami("Bearer " + token), ErrorCode.SERVICE_UNAVAILABLE);
    } finally {
      providerAway = false;
    }
  }

  @Test
  void stillTakesThePassword() {
    assertThat(whoami(basic("admin", WebSlice.ADMIN_PASSWORD)).statusCode()).isEqualTo(200);
    assertProblem(whoami(basic("admin", "wrong")), ErrorCode.UNAUTHORIZED);
    assertProblem(caller.get("/api/admin/whoami"), ErrorCode.UNAUTHORIZED);
  }

  @Test
  void doesNotLookAtTokensWhereNoneAreNeeded() {
    HttpResponse<String> answer =
        caller.get(
            "/api/campaigns/summer/query?wait=1",
            "Idempotency-Key",
            "k",
            "Authorization",
            "Bearer garbage");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> whoami(String credentials) {
    return caller.get("/api/admin/whoami", "Authorization", credentials);
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .subject("ann")
        .issuer(ISSUER)
        .audience("firstcome")
        .expirationTime(inSeconds(60));
  }

  private static JWTClaimsSet.Builder admin() {
    return claims().claim("roles", List.of("ADMIN"));
  }

  private static Date inSeconds(long seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
    return signed(claims, KEY, JWSAlgorithm.RS256);
  }

  private static String signed(JWTClaimsSet.Builder claims, RSAKey key, JWSAlgorithm algorithm)
      throws JOSEException {
    JWSHeader header = new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build();
    SignedJWT token = new SignedJWT(header, claims.build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static String mac(JWTClaimsSet claims, byte[] secret) throws JOSEException {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(KEY.getKeyID()).build();
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(new MACSigner(secret));
    return token.serialize();
  }

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpServer provider() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      byte[] keys = new JWKSet(KEY.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/keys",
          exchange -> {
            try (exchange) {
              exchange.sendResponseHeaders(providerAway ? 503 : 200, keys.length);
              exchange.getResponseBody().write(keys);
            }
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
