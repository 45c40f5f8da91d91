import createClient, { type Middleware } from 'openapi-fetch';
import { Problem } from './problem';
import type { paths } from './schema';
import type { ProblemDetails } from './types';

const consoleHeader: Middleware = {
  onRequest({ request }) {
    // The server takes cookies for an unsafe method only together with a header that no foreign page can send.
    if (request.method !== 'GET') request.headers.set('X-Huoma-Console', '1');
    return request;
  },
};

export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });
api.use(consoleHeader);

let renewSession: (() => Promise<boolean>) | null = null;

/** Tells the client how to ask for a new sign-in when a session has ended; true lets it repeat the call. */
export function onSessionEnded(renew: () => Promise<boolean>): void {
  renewSession = renew;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Runs a call: its data, or a `Problem`. When the session has ended the user signs in on top of the page and the call is repeated. */
export async function call<T>(send: () => Promise<Answer<T>>): Promise<T> {
  const answer = await answerOf(send);
  if (answer.response.status === 401 && renewSession && codeOf(answer.error) !== 'session.wrong-credentials') {
    if (await renewSession()) return unwrap(await answerOf(send));
  }
  return unwrap(answer);
}

/** Like `call`, for the calls that themselves begin or look for a session. */
export async function callWithoutSession<T>(send: () => Promise<Answer<T>>): Promise<T> {
  return unwrap(await answerOf(send));
}

async function answerOf<T>(send: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw Problem.network();
  }
}

function unwrap<T>({ data, error, response }: Answer<T>): T {
  if (response.ok) return data as T;
  throw new Problem(response.status, isDetails(error) ? error : {}, response.headers.get('Retry-After'));
}

function codeOf(error: unknown): string | undefined {
  return isDetails(error) ? error.code : undefined;
}

function isDetails(error: unknown): error is ProblemDetails {
  return typeof error === 'object' && error !== null;
}
