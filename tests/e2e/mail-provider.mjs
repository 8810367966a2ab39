// A mail provider on this machine: implements Resend's API, records the requests, and answers as configured.
import { createServer } from 'node:http';

/**
 * Starts one; `t` ends it. `mails` are the requests so far, `{headers, body}`, the body parsed. `answer(how)` sets the following answers: a
 * status with Resend's code for it, or `hang` for no answer. `settings` configure a system.
 */
export async function mailProvider(t, { key = 're_of_a_test' } = {}) {
  const mails = [];
  const seen = new Map();
  let how = { status: 200 };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const { method, url, headers } = request;
    mails.push({ method, url, headers, body: JSON.parse(text) });
    if (how === 'hang') return;
    const refuse = (status, name) => response
      .writeHead(status, { 'content-type': 'application/json' })
      // Like the real one, it quotes the address, which must not be logged.
      .end(JSON.stringify({ statusCode: status, name, message: `about ${JSON.parse(text).to}` }));
    if (headers.authorization !== `Bearer ${key}`) return refuse(403, 'invalid_api_key');
    if (how.status !== 200) return refuse(how.status, how.name ?? 'application_error');
    // The same key means the same mail; a different mail under it is refused.
    const known = headers['idempotency-key'];
    if (seen.has(known) && seen.get(known) !== text) return refuse(409, 'invalid_idempotent_request');
    seen.set(known, text);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"49a3999c-0ce1-4ea6-ab68-afcd6dc2e794"}');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => { server.closeAllConnections(); server.close(); });
  return {
    mails,
    /** Mails that were sent, each once however often it was requested. */
    get sent() { return seen.size; },
    answer(next) { how = next; },
    settings: {
      LIVERY_MAIL_URL: `http://127.0.0.1:${server.address().port}/emails`,
      LIVERY_MAIL_KEY: key,
      LIVERY_MAIL_FROM: 'Livery <mail@livery.example>',
    },
  };
}
