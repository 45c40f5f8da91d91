/** What WeChat puts behind the name of somebody who is mentioned. */
const end = '\u2005';

/** Names are data: one line, and nothing that could turn the text around. */
const plain = (name: string): string => name.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '');

/**
 * Writes the names of mentioned members into a text: `@{id}` becomes `@name` and U+2005; who is mentioned but not named comes first.
 * One pass: a name that looks like a token stays a name.
 */
export function withMentions(text: string, mentionIds: string[], names: ReadonlyMap<string, string>): string {
  const mention = (id: string): string => `@${plain(names.get(id) ?? '')}${end}`;
  const inText = new Set<string>();
  const written = text.replace(/@\{([^{}]{1,128})\}/g, (token, id: string) => {
    if (!names.has(id)) return token;
    inText.add(id);
    return mention(id);
  });
  const missing = mentionIds.filter(id => names.has(id) && !inText.has(id) && !written.includes(mention(id)));
  return missing.map(mention).join('') + written;
}

/** Everybody a text mentions, by its tokens and by its list. */
export const mentionedIn = (text: string, mentionIds: string[]): string[] =>
  [...new Set([...mentionIds, ...[...text.matchAll(/@\{([^{}]{1,128})\}/g)].map(match => match[1] ?? '')])];
