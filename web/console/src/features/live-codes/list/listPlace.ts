import type { LocationQuery } from 'vue-router';

/** Where the list was left, so that the way back from a code leads to the same page and filters. */
let place: LocationQuery = {};

export function rememberListPlace(query: LocationQuery): void {
  place = { ...query };
}

export function listPlace() {
  return { name: 'codes', query: place };
}
