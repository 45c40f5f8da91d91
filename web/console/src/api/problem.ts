import { t } from '@/shared/i18n';
import type { PictureWarning, ProblemDetails } from './types';

/** What went wrong with a call, in words for the user; `status` 0 means that no answer came. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: Record<string, string>;
  readonly warnings: PictureWarning[];

  constructor(status: number, details: ProblemDetails, retryAfter?: string | null) {
    super(describe(status, details, retryAfter));
    this.status = status;
    this.code = details.code ?? (status === 0 ? 'network' : `http-${status}`);
    this.errors = Object.fromEntries(Object.entries(details.errors ?? {}).map(([field, messages]) => [field, messages.join('；')]));
    this.warnings = details.warnings ?? [];
  }

  /** Whether the message stands at fields of the form, so that nothing else need say it. */
  get atFields(): boolean {
    return Object.keys(this.errors).length > 0;
  }

  static network(): Problem {
    return new Problem(0, {});
  }

  static of(error: unknown): Problem {
    if (error instanceof Problem) return error;
    // Anything else is a bug of ours: let it be seen in the console, but tell the user calmly.
    queueMicrotask(() => reportError(error));
    return new Problem(-1, {});
  }
}

function describe(status: number, details: ProblemDetails, retryAfter?: string | null): string {
  if (status === 0) return t('problem.network');
  if (status === 429) {
    const seconds = Number(retryAfter);
    return (details.detail ?? t('problem.throttled')) + (seconds > 0 ? t('problem.retryAfter', { seconds }) : '');
  }
  // It says no more than this, and the console does so in the chosen language.
  if (details.code === 'not-found') return t('problem.notFound');
  // The server's own words for what it refused; but a failure of its own is explained by us.
  if (status < 500 && details.detail) return details.detail;
  if (status < 500 && details.errors) return Object.values(details.errors).flat().join('；');
  if (status === 403) return t('problem.forbidden');
  if (status === 404) return t('problem.notFound');
  if (status === 413) return t('problem.tooLarge');
  if (status === 503) return details.detail ?? t('problem.unavailable');
  return details.traceId ? t('problem.internalTraced', { id: details.traceId }) : t('problem.internal');
}
