// The mail provider of a system: the settings of shared/mail-provider, for the functions that send mail.

/** The functions whose handlers need a `Mailer`; scripts/check-bindings compares this list. */
export const SENDERS = ['auth', 'admin', 'console'];

const NAMES = ['LIVERY_MAIL_URL', 'LIVERY_MAIL_KEY', 'LIVERY_MAIL_FROM'];

/** The settings in this process's environment; absent ones are left out. */
export const mailSettings = (environment = process.env) => Object.fromEntries(
  NAMES.filter((name) => environment[name]).map((name) => [name, environment[name]]),
);

/** The settings as Spin's variables, with the origin that a component may connect to. */
export function mailVariables(mail = {}) {
  const variables = Object.fromEntries(Object.entries(mail).map(([name, value]) => [name.toLowerCase(), value]));
  if (mail.LIVERY_MAIL_URL) variables.livery_mail_origin = new URL(mail.LIVERY_MAIL_URL).origin;
  return variables;
}
