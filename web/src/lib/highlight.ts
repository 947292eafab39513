/** A piece of a text that was searched, and whether it is what was found. */
export interface Piece {
  text: string;
  found: boolean;
  /** Where it begins. */
  at: number;
}

const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
  "&#34;": '"',
  "&#39;": "'",
};

/**
 * Reads what the server marks in a text: HTML in which em is the only element and all else is escaped. It becomes
 * pieces of plain text, so that nothing of it is ever HTML again.
 */
export function pieces(marked: string): readonly Piece[] {
  let at = 0;
  return marked
    .split(/(<em>.*?<\/em>)/s)
    .filter((part) => part !== "")
    .map((part) => {
      const inner = /^<em>(.*)<\/em>$/s.exec(part)?.[1];
      const text = unescape(inner ?? part);
      at += text.length;
      return { text, found: inner !== undefined, at: at - text.length };
    });
}

function unescape(text: string): string {
  return text.replaceAll(/&(?:lt|gt|amp|#34|#39);/g, (entity) => entities[entity] ?? entity);
}
