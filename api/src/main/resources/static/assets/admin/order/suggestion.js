// Which two campaigns are worth seeing side by side.

/** In how many lines the requests of a campaign stand: on a lane all of them are in one. */
export function linesOf(campaign) {
  return campaign.lane ? 1 : campaign.partitions;
}

/**
 * The campaign with as much stock and another number of partitions, or null. Of several the one that
 * was made closest in time: those two were likely made to be compared.
 */
export function suggested(campaign, all) {
  const distance = (other) =>
    Math.abs(Date.parse(other.createdAt) - Date.parse(campaign.createdAt));
  return all
    .filter((other) => other.name !== campaign.name
      && other.totalStock === campaign.totalStock
      && linesOf(other) !== linesOf(campaign))
    .sort((a, b) => distance(a) - distance(b))[0] ?? null;
}
