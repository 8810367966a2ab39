// A statement whose values are separate from its text, for every engine.

/** sql`SELECT … WHERE email = ${email}` */
export const sql = (texts, ...values) => ({ texts, values });

/** The text with the result of `place(index, value)` for each value, such as a placeholder. */
export const written = ({ texts, values }, place) =>
  texts.slice(1).reduce((text, next, index) => text + place(index, values[index]) + next, texts[0]).trim();
