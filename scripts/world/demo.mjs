// The demo brands, made through the API like those of any tenant.
import { call } from './client.mjs';

export const PASSWORD = 'livery-demo';
export const TENANTS = ['acme', 'globex'];

const BRANDS = {
  acme: {
    tokens: {
      color: {
        light: { primary: '#1f6f54', header: '#173f33', launcher: '#1f6f54', visitor_bubble: '#1f6f54', focus: '#1f6f54', link: '#17624a' },
        dark: { primary: '#6fd3ae', on_primary: '#06281d', header: '#10251e', launcher: '#6fd3ae', on_launcher: '#06281d', visitor_bubble: '#6fd3ae', on_visitor_bubble: '#06281d' },
      },
      radius: { md: '10px', lg: '16px' },
    },
    texts: { title: 'Acme Outfitters', header: 'We answer within the hour', greeting: 'Hello! Which trail are you packing for?' },
  },
  globex: {
    tokens: { color: { light: { primary: '#1d4ed8', header: '#0f2557', launcher: '#1d4ed8', visitor_bubble: '#1d4ed8' } } },
    texts: { title: 'Globex support', greeting: 'Good day. How can we help?' },
  },
};

/** Signs an owner in and returns the headers of a signed-in request. */
export async function signIn(port, tenant) {
  const answer = await call(port, `${tenant}.localhost`, 'POST', '/v1/auth/login', {
    body: { email: `owner@${tenant}.test`, password: PASSWORD },
  });
  if (answer.status !== 200) throw new Error(`sign-in of owner@${tenant}.test: ${answer.status} ${answer.text}`);
  return { authorization: `Bearer ${answer.json().access_token}` };
}

/** Publishes the demo brand of each tenant that has published nothing yet. */
export async function publishBrands(port) {
  for (const tenant of TENANTS) {
    const host = `${tenant}.localhost`;
    const headers = await signIn(port, tenant);
    const releases = await call(port, host, 'GET', '/v1/releases?limit=1', { headers });
    if (releases.json().data.length > 0) continue;
    const draft = await call(port, host, 'GET', '/v1/branding', { headers });
    const change = await call(port, host, 'PATCH', '/v1/branding', {
      headers: { ...headers, 'if-match': draft.headers.etag },
      body: BRANDS[tenant],
    });
    if (change.status !== 200) throw new Error(`brand of ${tenant}: ${change.status} ${change.text}`);
    const release = await call(port, host, 'POST', '/v1/branding/publish', { headers });
    if (release.status !== 201) throw new Error(`publish of ${tenant}: ${release.status} ${release.text}`);
  }
}
