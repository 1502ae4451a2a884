package io.firstcome.operator;

import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.crd.CampaignStatus.Condition;
import io.firstcome.operator.verdict.Conditions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts Campaigns by whether they are ready. Their names are in no metric: there may be many. */
final class CampaignGauge {
  private final Map<String, String> readyByUid = new ConcurrentHashMap<>();

  CampaignGauge(MeterRegistry registry) {
    for (var ready : List.of(Condition.TRUE, Condition.FALSE, Condition.UNKNOWN)) {
      Gauge.builder("firstcome.campaigns", () -> count(ready))
          .description("Campaign resources by the status of their condition Ready")
          .tag("ready", ready.toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  void is(Campaign campaign, CampaignStatus status) {
    var ready = status.condition(Conditions.READY).map(Condition::status).orElse(Condition.UNKNOWN);
    readyByUid.put(campaign.getMetadata().getUid(), ready);
  }

  void isGone(Campaign campaign) {
    readyByUid.remove(campaign.getMetadata().getUid());
  }

  private long count(String ready) {
    return readyByUid.values().stream().filter(ready::equals).count();
  }
}
