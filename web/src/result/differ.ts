// Where a text of SQL differs from another, word by word. White space does not count.

const words = /'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`(?:[^`]|``)*`?|[$:@]?\w+|[^\s\w]/g;

/** most is how many pairs of words are compared; beyond it nobody would look at the marks either. */
const most = 1 << 20;

/** Span is a part of a text. */
export type Span = { from: number; to: number };

/** differences are the parts of text that have no counterpart in base; none if both are too long to tell. */
export function differences(base: string, text: string): Span[] {
  const a = [...base.matchAll(words)].map(([word]) => word);
  const b = [...text.matchAll(words)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]![0]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]![0]) end++;
  const before = a.slice(start, a.length - end);
  const after = b.slice(start, b.length - end);
  if (before.length * after.length > most) return [];
  const kept = common(before, after.map(([word]) => word));
  return joined(after.filter((_, i) => !kept.has(i)).map((word) => ({ from: word.index, to: word.index + word[0].length })), text);
}

// The places in b of the longest sequence of words that both have.
function common(a: string[], b: string[]): Set<number> {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const kept = new Set<number>();
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      kept.add(j++);
      i++;
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
    else j++;
  }
  return kept;
}

// Words that follow one another are one difference.
function joined(spans: Span[], text: string): Span[] {
  const list: Span[] = [];
  for (const span of spans) {
    const last = list.at(-1);
    if (last && /^[ ]*$/.test(text.slice(last.to, span.from))) last.to = span.to;
    else list.push({ ...span });
  }
  return list;
}
