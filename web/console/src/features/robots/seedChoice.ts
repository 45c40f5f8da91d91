export const LEAST_SEEDS = 2;
export const MOST_SEEDS = 20;

/** The key of what is wrong with a choice, below `robots.contacts`; null when it can be saved. */
export function wrongWith(chosen: readonly string[]): 'few' | 'many' | null {
  return chosen.length < LEAST_SEEDS ? 'few' : chosen.length > MOST_SEEDS ? 'many' : null;
}

/** With it when it was without, and the other way round; the order of choosing stays. */
export function toggled(chosen: readonly string[], id: string): string[] {
  return chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id];
}
