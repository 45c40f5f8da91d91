import type { LocationQuery } from 'vue-router';
import type { Kind } from '../kinds';

/** Where each list was left, so that the way back from a code leads to the same page and filters. */
const places: Record<Kind, LocationQuery> = { group: {}, card: {} };

export function rememberListPlace(kind: Kind, query: LocationQuery): void {
  places[kind] = { ...query };
}

export function listPlace(kind: Kind) {
  return { name: listName(kind), query: places[kind] };
}

export function listName(kind: Kind): string {
  return kind === 'group' ? 'codes' : 'cards';
}

export function newName(kind: Kind): string {
  return kind === 'group' ? 'new-code' : 'new-card';
}
