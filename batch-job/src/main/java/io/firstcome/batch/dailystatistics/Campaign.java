package io.firstcome.batch.dailystatistics;

import java.time.ZoneId;

/** A campaign as far as its statistics are concerned. */
record Campaign(long id, String name, ZoneId timeZone) {}
