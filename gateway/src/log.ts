/** One JSON object a line on standard error: ids and codes, never texts, names or secrets. */
export type Log = (event: string, fields?: Record<string, string | number | boolean | null>) => void;

const secrets = new Set<string>();

/** What must never be printed or sent. Short values are no secrets and would tear holes into everything. */
export function keepSecret(value: string): void {
  if (value.length >= 8) secrets.add(value);
}

/** Other people's error messages may quote what they were given. */
export function withoutSecrets(text: string): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, '***');
  return clean;
}

export const log: Log = (event, fields = {}) => {
  process.stderr.write(`${withoutSecrets(JSON.stringify({ at: new Date().toISOString(), event, ...fields }))}\n`);
};

/** Without the stack that comes along when the error happened in another process. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return withoutSecrets(message.replace(/\n\s+at [\s\S]*$/, ''));
}
