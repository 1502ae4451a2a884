package io.firstcome.standalone;

import io.firstcome.core.campaign.BusinessDay;
import java.time.ZoneId;
import org.springframework.scheduling.support.CronExpression;

/**
 * When the daily statistics are due.
 *
 * @param cron minute, hour, day of the month, month, day of the week; {@value #NEVER} for never
 * @param timeZone of the schedule and of the business days of campaigns that name none
 */
record Schedule(String cron, ZoneId timeZone) {
  static final String NEVER = "-";
  static final Schedule DEFAULT = new Schedule("0 2 * * *", ZoneId.of("Asia/Seoul"));

  /**
   * Checks both.
   *
   * @throws RefusedException that says what is wrong and what is right
   */
  Schedule {
    if (!cron.equals(NEVER)
        && (cron.trim().split("\\s+").length != 5
            || !CronExpression.isValidExpression("0 " + cron))) {
      throw new RefusedException(
          "--batch-schedule must be five fields as in \"0 2 * * *\", or - for never, not %s."
              .formatted(cron));
    }
  }

  Schedule withCron(String newCron) {
    return new Schedule(newCron, timeZone);
  }

  Schedule withTimeZone(String name) {
    if (!BusinessDay.isZone(name)) {
      throw new RefusedException(
          "--time-zone must name a zone as in Asia/Seoul or UTC, not %s.".formatted(name));
    }
    return new Schedule(cron, ZoneId.of(name));
  }

  boolean isNever() {
    return cron.equals(NEVER);
  }

  /** The cron expression as Spring writes it, with seconds. */
  String withSeconds() {
    return "0 " + cron;
  }
}
