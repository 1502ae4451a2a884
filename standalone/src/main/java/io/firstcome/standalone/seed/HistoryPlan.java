package io.firstcome.standalone.seed;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Plans campaigns as a shop has them: few large ones, many small ones, some of them sold out. */
final class HistoryPlan {
  /** What the names of generated campaigns begin with. */
  static final String NAME_PREFIX = "generated-";

  /** What their display names begin with. */
  static final String MARK = "[generated] ";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private static final List<String> PRODUCTS =
      List.of(
          "크리스마스 무선 이어폰 (Christmas earphones)",
          "아메리카노 1+1 쿠폰 (Americano, two for one)",
          "겨울 패딩 반값 (Winter jacket, half price)",
          "치킨 5,000원 할인 (Fried chicken, 5,000 won off)",
          "한정판 운동화 (Limited sneakers)",
          "영화 예매권 (Cinema ticket)",
          "새해 한우 세트 (New Year beef set)",
          "스마트워치 특가 (Smart watch deal)",
          "제주 왕복 항공권 (Return flight to Jeju)",
          "게이밍 키보드 (Gaming keyboard)",
          "딸기 케이크 쿠폰 (Strawberry cake coupon)",
          "무료 배송 쿠폰 (Free delivery)",
          "로봇 청소기 특가 (Robot vacuum deal)",
          "콘서트 선예매 (Concert presale)",
          "편의점 도시락 쿠폰 (Lunch box coupon)",
          "캠핑 의자 (Camping chair)",
          "향수 기획 세트 (Perfume set)",
          "수능 응원 초콜릿 (Exam day chocolate)",
          "호텔 뷔페 식사권 (Hotel buffet voucher)",
          "첫 구매 10,000원 쿠폰 (First order, 10,000 won off)");

  /**
   * The stock as a part of the requests: gone in the first rush, on one of the last days, never.
   */
  private static final double[] STOCK_SHARES = {0.08, 1.2, 0.6, 0.25, 0.95};

  private static final int[] OPENING_HOURS = {10, 11, 14, 20, 12};

  private HistoryPlan() {}

  /**
   * Plans the campaigns, largest first.
   *
   * @param seedNumber the same plan comes out for the same number, options and time
   */
  static List<CampaignPlan> of(SeedOptions options, Instant now, ZoneId zone, long seedNumber) {
    var random = new SplittableRandom(seedNumber);
    var firstDay = LocalDate.ofInstant(now, zone).minusDays(options.days());
    var popularity = new double[options.campaigns()];
    for (int i = 0; i < popularity.length; i++) {
      popularity[i] = random.nextDouble(0.8, 1.2) / Math.sqrt(i + 1);
    }
    var rows = Shares.of(options.rows(), popularity);
    var plans = new ArrayList<CampaignPlan>();
    for (int i = 0; i < popularity.length; i++) {
      double stockShare = STOCK_SHARES[i % STOCK_SHARES.length] * random.nextDouble(0.8, 1.2);
      plans.add(
          new CampaignPlan(
              "%s%s-%02d".formatted(NAME_PREFIX, TIME.format(now), i + 1),
              displayName(i),
              Math.max(1, Math.round(rows.get(i) * stockShare)),
              i % 7 == 6,
              zone,
              firstDay,
              LocalTime.of(OPENING_HOURS[i % OPENING_HOURS.length], 0),
              Shares.of(rows.get(i), busyDays(options.days(), firstDay, random)),
              random.nextLong()));
    }
    return plans;
  }

  private static String displayName(int index) {
    int round = index / PRODUCTS.size() + 1;
    var product = PRODUCTS.get(index % PRODUCTS.size());
    return MARK + (round == 1 ? product : product + " " + round);
  }

  /** Weekends are busier, and interest fades. */
  private static double[] busyDays(int days, LocalDate firstDay, SplittableRandom random) {
    var busy = new double[days];
    for (int i = 0; i < days; i++) {
      var day = firstDay.plusDays(i).getDayOfWeek();
      boolean weekend = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
      busy[i] =
          (weekend ? 1.6 : 1) * (0.4 + Math.exp(-4.0 * i / days)) * random.nextDouble(0.7, 1.3);
    }
    return busy;
  }
}
