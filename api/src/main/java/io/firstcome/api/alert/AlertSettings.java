package io.firstcome.api.alert;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is told about failed and missed batch runs, and how soon. Without a channel alerts are
 * written to the log.
 *
 * @param every between two looks at the batch runs; also the first wait after a channel failed
 * @param missedAfter how long after it was due a daily run is missed
 * @param perHour how many messages a channel sends in any hour at most; what is over it goes out as
 *     one summary
 * @param link the address under which people reach this api, as in https://firstcome.example.com;
 *     without it messages have paths alone
 * @param webhookUrl an incoming webhook of Slack or what understands the same; a secret
 * @param mail mail to people
 */
@ConfigurationProperties("firstcome.alerts")
record AlertSettings(
    @DefaultValue("30s") Duration every,
    @DefaultValue("1h") Duration missedAfter,
    @DefaultValue("10") int perHour,
    @Nullable String link,
    @Nullable String webhookUrl,
    @DefaultValue Mail mail) {
  private static final int LINK_CHARACTERS_MAX = 300;

  /**
   * Mail is on when somebody gets it.
   *
   * @param to who gets mails, separated by commas; the server is set with spring.mail.host and the
   *     other keys of Spring Boot
   * @param from the sender of the mails
   */
  record Mail(@DefaultValue List<String> to, @Nullable String from) {
    Mail {
      to = List.copyOf(to);
      to.forEach(address -> check("firstcome.alerts.mail.to", address));
      if (!to.isEmpty()) {
        if (from == null || from.isBlank()) {
          throw new IllegalArgumentException(
              "firstcome.alerts.mail.from must be set, because firstcome.alerts.mail.to is");
        }
        check("firstcome.alerts.mail.from", from);
      }
    }

    /** Who the mails are from. */
    String sender() {
      if (from == null) {
        throw new IllegalStateException("Mail is off");
      }
      return from;
    }

    private static void check(String key, String address) {
      try {
        new InternetAddress(address, true).validate();
      } catch (AddressException e) {
        throw new IllegalArgumentException(key + " must be a mail address, was " + address, e);
      }
    }
  }

  AlertSettings {
    checkNumbers(every, missedAfter, perHour);
    link = link == null || link.isBlank() ? null : link.strip().replaceAll("/+$", "");
    if (link != null && !isLink(link)) {
      throw new IllegalArgumentException(
          "firstcome.alerts.link must be as in https://firstcome.example.com, was " + link);
    }
    webhookUrl = webhookUrl == null || webhookUrl.isBlank() ? null : webhookUrl.strip();
    if (webhookUrl != null && web(webhookUrl) == null) {
      // Without the value: it is a secret, also when it is wrong.
      throw new IllegalArgumentException(
          "firstcome.alerts.webhook-url must be an address that begins with https:// or http://");
    }
  }

  private static void checkNumbers(Duration every, Duration missedAfter, int perHour) {
    if (every.toMillis() < 100 || every.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "firstcome.alerts.every must be 100ms to 1h, was " + every);
    }
    if (missedAfter.isNegative() || missedAfter.compareTo(Duration.ofHours(23)) > 0) {
      throw new IllegalArgumentException(
          "firstcome.alerts.missed-after must be 0s to 23h, was " + missedAfter);
    }
    if (perHour < 1 || perHour > 1000) {
      throw new IllegalArgumentException(
          "firstcome.alerts.per-hour must be 1 to 1000, was " + perHour);
    }
  }

  /** What stands before the paths of links. */
  String base() {
    return link == null ? "" : link;
  }

  /** Null if there is none. */
  @Nullable URI webhook() {
    return webhookUrl == null ? null : web(webhookUrl);
  }

  private static boolean isLink(String text) {
    var uri = web(text);
    return uri != null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && text.length() <= LINK_CHARACTERS_MAX;
  }

  private static @Nullable URI web(String text) {
    try {
      var uri = new URI(text);
      var scheme = uri.getScheme();
      boolean isWeb = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
      return isWeb && uri.getHost() != null ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return "AlertSettings[every=%s, missedAfter=%s, perHour=%d, link=%s, webhook=%s, mail=%s]"
        .formatted(every, missedAfter, perHour, link, webhookUrl == null ? "off" : "on", mail);
  }
}
