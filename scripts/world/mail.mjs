// Who sends a system's mail: the settings of shared/mail-provider, for the functions that send any.

/** The functions whose handlers ask for a `Mailer`; scripts/check-bindings compares. */
export const SENDERS = ['auth', 'admin', 'console'];

const NAMES = ['LIVERY_MAIL_URL', 'LIVERY_MAIL_KEY', 'LIVERY_MAIL_FROM'];

/** The settings as this process was given them; those that are absent are left out. */
export const mailSettings = (environment = process.env) => Object.fromEntries(
  NAMES.filter((name) => environment[name]).map((name) => [name, environment[name]]),
);

/** The settings as Spin's variables, with the origin that a component may ask. */
export function mailVariables(mail = {}) {
  const variables = Object.fromEntries(Object.entries(mail).map(([name, value]) => [name.toLowerCase(), value]));
  if (mail.LIVERY_MAIL_URL) variables.livery_mail_origin = new URL(mail.LIVERY_MAIL_URL).origin;
  return variables;
}
