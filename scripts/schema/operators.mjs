// Operators, the platform's own staff. A person needs an ordinary account before becoming one.
import { change } from './index.mjs';
import { Refusal } from './refusal.mjs';
import { sql } from './sql.mjs';

/** An e-mail address as it is stored: trimmed, lower-case. */
const spelling = (email) => email.trim().toLowerCase();

/** Runs statements for the person at an address; returns the person's id, and whether the last statement changed anything. */
async function changeOf(target, email, ...statements) {
  const [[person], ...answers] = await change(target, sql`SELECT id FROM users WHERE email = ${email}`, ...statements);
  if (!person) throw new Refusal(`nobody has the address ${email}: register it, or accept an invitation, and then try again`);
  return { id: person.id, changed: answers.at(-1).length === 1 };
}

/** Makes a person with an account an operator; `{id, changed}`. */
export function addOperator(target, address) {
  const email = spelling(address);
  return changeOf(target, email, sql`
    INSERT INTO operators (user_id, created_at) SELECT id, ${Date.now()} FROM users WHERE email = ${email}
    ON CONFLICT (user_id) DO NOTHING RETURNING user_id`);
}

/** Removes an operator, and ends the person's sessions as an operator; `{id, changed}`. */
export function removeOperator(target, address) {
  const email = spelling(address);
  const now = Date.now();
  return changeOf(target, email, sql`
    UPDATE sessions SET ended_at = ${now}, ended_why = 'operator_removed'
    WHERE user_id = (SELECT id FROM users WHERE email = ${email}) AND kind = 'operator' AND ended_at IS NULL AND expires_at > ${now}`, sql`
    DELETE FROM operators WHERE user_id = (SELECT id FROM users WHERE email = ${email}) RETURNING user_id`);
}

/** `[{id, email, name, since}]`, by address; `since` in milliseconds. */
export async function operators(target) {
  const [rows] = await change(target, sql`
    SELECT u.id, u.email, u.name, o.created_at AS since FROM operators o JOIN users u ON u.id = o.user_id ORDER BY u.email`);
  return rows.map((row) => ({ ...row, since: Number(row.since) }));
}
