// Splits SQL text into statements, so that an error can name the statement.

// A quoted text, a comment, a dollar-quoted body, or the end of a statement. A doubled quote is two texts in a row.
const TOKEN = /'[^']*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?\*\/|(\$[A-Za-z_]*\$)[\s\S]*?\1|;/g;
/** The statements of a SQLite trigger are between BEGIN and END. */
const OPEN_TRIGGER = /^\s*CREATE\s+(TEMP\s+|TEMPORARY\s+)?TRIGGER\b(?![\s\S]*\bEND\s*$)/i;

/** `[{sql, line}]` without comments' lines before a statement; `line` counts from 1. */
export function statementsOf(text) {
  const found = [];
  let from = 0;
  const take = (end) => {
    const lead = /^(\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*/.exec(text.slice(from, end))[0].length;
    const sql = text.slice(from + lead, end).trim();
    if (sql && !/^--[^\n]*$/.test(sql)) found.push({ sql, line: text.slice(0, from + lead).split('\n').length });
    from = end + 1;
  };
  for (const token of text.matchAll(TOKEN)) {
    if (token[0] !== ';') continue;
    const soFar = text.slice(from, token.index).replace(/^(\s|--[^\n]*\n)*/, '');
    if (!OPEN_TRIGGER.test(soFar)) take(token.index);
  }
  take(text.length);
  return found;
}

/** How an error names a statement. */
export function where(name, { sql, line }) {
  const first = sql.split('\n')[0];
  return `${name}.sql, line ${line}: ${first.length > 100 ? `${first.slice(0, 100)}…` : first}`;
}
