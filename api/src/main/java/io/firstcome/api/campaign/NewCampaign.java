package io.firstcome.api.campaign;

import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.campaign.BusinessDay;
import io.firstcome.core.campaign.CampaignName;
import io.firstcome.core.error.ErrorCode;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A campaign that somebody wants, checked as far as that is possible without asking anybody.
 *
 * @param label the name it must have, or null to derive one from the display name
 * @param timeZone whose days the statistics count by
 * @param partitions of its own topic, or of the lane
 */
public record NewCampaign(
    @Nullable String label,
    String displayName,
    CampaignKind kind,
    long totalStock,
    Window window,
    ZoneId timeZone,
    boolean repeatable,
    SoldOut soldOut,
    int partitions,
    @Nullable String lane) {
  private static final Logger LOG = LoggerFactory.getLogger(NewCampaign.class);
  private static final RandomGenerator RANDOM = new SecureRandom();
  private static final int DERIVE_ATTEMPTS = 5;

  static final long STOCK_MAX = 1_000_000_000_000L;
  static final int PARTITIONS_MAX = 1_000;
  static final int DISPLAY_NAME_MAX = 200;

  /**
   * Checks every field.
   *
   * @throws ProblemException {@code REQUEST_MALFORMED} that names the first offending field
   */
  static NewCampaign of(CreateCampaignRequest request, CreationSettings settings) {
    var name = CampaignText.check("name", request.name(), DISPLAY_NAME_MAX);
    if (name == null) {
      throw ProblemException.malformed("name", "'name' is missing.");
    }
    var displayName = CampaignText.check("displayName", request.displayName(), DISPLAY_NAME_MAX);
    return new NewCampaign(
        CampaignName.isName(name) ? name : null,
        displayName == null ? name : displayName,
        kind(request.kind()),
        totalStock(request.totalStock()),
        window(request),
        timeZone(request.timeZone(), settings.platform()),
        Boolean.TRUE.equals(request.repeatable()),
        request.soldOut() == null ? SoldOut.RECORD : soldOut(request.soldOut()),
        partitions(request, settings.lanes()),
        request.lane());
  }

  /**
   * Has the campaign made under its label, or else under derived names until one is free.
   *
   * @param maker makes it under a name, or throws {@link ErrorCode#CAMPAIGN_EXISTS}
   */
  public Campaign make(Function<String, Campaign> maker) {
    if (label != null) {
      return maker.apply(label);
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return maker.apply(CampaignName.derive(displayName, RANDOM));
      } catch (ProblemException e) {
        if (e.code() != ErrorCode.CAMPAIGN_EXISTS || attempt == DERIVE_ATTEMPTS) {
          throw e;
        }
        LOG.info("A derived name was taken already; deriving another one.");
      }
    }
  }

  static long totalStock(@Nullable Long stock) {
    if (stock == null || stock < 1 || stock > STOCK_MAX) {
      throw ProblemException.malformed(
          "totalStock", "'totalStock' must be a whole number from 1 to " + STOCK_MAX + ".");
    }
    return stock;
  }

  static SoldOut soldOut(String text) {
    return SoldOut.of(text)
        .orElseThrow(() ->
            ProblemException.malformed(
                "soldOut",
                "'soldOut' must be one of "
                    + Arrays.stream(SoldOut.values())
                        .map(SoldOut::text)
                        .collect(Collectors.joining(", "))
                    + "."));
  }

  static int partitions(int partitions) {
    if (partitions < 1 || partitions > PARTITIONS_MAX) {
      throw ProblemException.malformed(
          "partitions", "'partitions' must be 1 to " + PARTITIONS_MAX + ".");
    }
    return partitions;
  }

  private static CampaignKind kind(@Nullable String kind) {
    if (kind == null || kind.equals(CampaignKind.FIRST_COME.name())) {
      return CampaignKind.FIRST_COME;
    }
    throw ProblemException.malformed(
        "kind", "'kind' must be FIRST_COME; other kinds are not available yet.");
  }

  private static Window window(CreateCampaignRequest request) {
    var window =
        new Window(
            Window.instant("opensAt", request.opensAt()),
            Window.instant("closesAt", request.closesAt()));
    if (!window.isInOrder()) {
      throw ProblemException.malformed("closesAt", "'closesAt' must be after 'opensAt'.");
    }
    return window;
  }

  private static ZoneId timeZone(@Nullable String name, TimeZoneSettings platform) {
    if (name == null) {
      return platform.timeZone();
    }
    if (!BusinessDay.isZone(name)) {
      throw ProblemException.malformed(
          "timeZone", "'timeZone' must be the name of a time zone, as in Asia/Seoul or UTC.");
    }
    return ZoneId.of(name);
  }

  private static int partitions(CreateCampaignRequest request, LaneSettings lanes) {
    var wanted = request.partitions();
    var lane = request.lane();
    if (lane == null) {
      return wanted == null ? 1 : partitions(wanted);
    }
    if (wanted != null) {
      throw ProblemException.malformed(
          "partitions", "'partitions' cannot be given with 'lane': a lane has its own number.");
    }
    return lanes
        .find(lane)
        .orElseThrow(() ->
            ProblemException.malformed(
                "lane", "There is no such lane; there are: " + lanes.names() + "."))
        .partitions();
  }
}
