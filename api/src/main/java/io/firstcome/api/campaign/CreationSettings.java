package io.firstcome.api.campaign;

import org.springframework.stereotype.Component;

/** What a new campaign may choose from, and what it gets if it does not choose. */
@Component
record CreationSettings(LaneSettings lanes, TimeZoneSettings platform) {}
