/** Somebody left a form to make a code for it; when the code is made, he comes back with it chosen. Kept for this tab only. */
const KEY = 'huoma.code-wanted';

export function wantCode(): void {
  sessionStorage.setItem(KEY, 'campaign');
}

/** Whether a new code was wanted; asked once. */
export function codeWasWanted(): boolean {
  const wanted = sessionStorage.getItem(KEY) !== null;
  sessionStorage.removeItem(KEY);
  return wanted;
}
