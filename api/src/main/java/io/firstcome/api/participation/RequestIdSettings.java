package io.firstcome.api.participation;

import io.firstcome.core.place.RequestIds;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The keys that sign request ids.
 *
 * @param keys Base64 of at least 32 random bytes by key id (0 to 127)
 * @param active the key id that new request ids are signed with
 */
@ConfigurationProperties("firstcome.request-id")
record RequestIdSettings(@DefaultValue Map<Integer, String> keys, @DefaultValue("1") int active) {

  RequestIdSettings {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "firstcome.request-id.keys.1 must be set to Base64 of 32 random bytes, for example from:"
              + " openssl rand -base64 32");
    }
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "RequestIdSettings[keys=" + keys.keySet() + ", active=" + active + "]";
  }

  private RequestIds requestIds() {
    Map<Integer, byte[]> secrets = new HashMap<>();
    keys.forEach((id, text) -> {
      try {
        secrets.put(id, Base64.getDecoder().decode(text));
      } catch (IllegalArgumentException e) {
        // Without the cause: its message shows a part of the key.
        throw new IllegalArgumentException("firstcome.request-id.keys." + id + " is no Base64");
      }
    });
    return new RequestIds(secrets, active);
  }

  @Configuration(proxyBeanMethods = false)
  static class RequestIdConfiguration {
    @Bean
    RequestIds requestIds(RequestIdSettings settings) {
      return settings.requestIds();
    }
  }
}
