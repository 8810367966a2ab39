export type Piece = { text: string; href?: string };

const ADDRESS = /https?:\/\/[^\s<>"'`]+/gi;
const TRAILING = /[.,;:!?…。、！？)\]}」』】）]+$/;

/** Cuts a text into plain pieces and http(s) links; what follows an address in a sentence is not part of it. */
export function splitLinks(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimAddress(match[0]);
    const href = webAddress(address);
    if (!href) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

function trimAddress(address: string): string {
  const end = TRAILING.exec(address);
  if (!end) return address;
  const bare = address.slice(0, end.index);
  // Wikipedia's closing parenthesis belongs to the address when it opened there.
  return end[0].startsWith(")") && bare.includes("(") ? bare + ")" : bare;
}

function webAddress(address: string): string | undefined {
  try {
    const url = new URL(address);
    // A user name before the host (https://bank.example@evil.example) is used only to deceive.
    return (url.protocol === "https:" || url.protocol === "http:") && !url.username && !url.password ? url.href : undefined;
  } catch {
    return undefined;
  }
}
