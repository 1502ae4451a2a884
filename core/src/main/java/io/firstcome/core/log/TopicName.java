package io.firstcome.core.log;

import java.util.regex.Pattern;

/** The names of the topics that requests are appended to. */
public final class TopicName {
  /** Every topic of Firstcome, for a consumer that serves all of them. */
  public static final Pattern ALL = Pattern.compile("firstcome\\.(campaign|lane)\\.[a-z0-9-]+");

  private TopicName() {}

  /** The topic of a campaign that does not share one. */
  public static String ofCampaign(String campaignName) {
    return "firstcome.campaign." + campaignName;
  }

  /** The topic that all campaigns of a lane share. */
  public static String ofLane(String lane) {
    return "firstcome.lane." + lane;
  }
}
