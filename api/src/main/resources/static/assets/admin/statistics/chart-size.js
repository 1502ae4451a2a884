// How many campaigns a chart can show so that each can still be read.
export const CAMPAIGNS_IN_CHART = 15;
