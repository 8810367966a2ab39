// A statement whose values stay apart from its text, for every engine.

/** sql`SELECT … WHERE email = ${email}` */
export const sql = (texts, ...values) => ({ texts, values });

/** The text with what `place(index, value)` gives for each value, such as a placeholder. */
export const written = ({ texts, values }, place) =>
  texts.slice(1).reduce((text, next, index) => text + place(index, values[index]) + next, texts[0]).trim();
