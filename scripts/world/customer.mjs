// A customer's website on its own origin: an ordinary page, and the one script tag.
import { createServer } from 'node:http';

const SITES = {
  acme: { name: 'Acme Outfitters', line: 'Boots, packs and tents for long walks.', ink: '#1f2a24', paper: '#f6f4ee' },
  globex: { name: 'Globex Instruments', line: 'Precision sensors for quiet laboratories.', ink: '#101828', paper: '#f2f5f9' },
};

function page(key, port, platformPort) {
  const site = SITES[key];
  const cards = ['Spring range', 'Most loved', 'Last pieces'].map((title) => `<li><div></div><h2>${title}</h2><p>See what is new this week.</p></li>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${site.name}</title>
<link rel="stylesheet" href="/${key}/site.css">
<script src="http://${key}.localhost:${platformPort}/widget.js" async></script>
</head><body>
<header><strong>${site.name}</strong><nav><a href="#shop">Shop</a><a href="#about">About</a><a href="#help">Help</a></nav></header>
<main><h1>${site.line}</h1><p>This is a customer's own website, on an origin of its own (port ${port}). The chat is one script tag.</p>
<ul>${cards.join('')}</ul></main>
</body></html>
`;
}

function stylesheet(key) {
  const { ink, paper } = SITES[key];
  return `body{margin:0;font:16px/1.6 Georgia,serif;color:${ink};background:${paper}}
header{display:flex;justify-content:space-between;gap:1rem;padding:1.25rem 6vw;border-bottom:1px solid #0002}
nav{display:flex;gap:1.5rem}a{color:inherit;text-decoration:none}
main{max-width:60rem;margin:0 auto;padding:4rem 6vw}h1{font-size:clamp(1.8rem,5vw,3.2rem);line-height:1.15;margin:0 0 1rem;max-width:18ch}
ul{list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr));gap:1.5rem;padding:0;margin:3rem 0}
li div{aspect-ratio:4/3;background:linear-gradient(135deg,#0001,#0003);border-radius:6px}h2{font-size:1.1rem;margin:.75rem 0 0}li p{margin:0;opacity:.7}
`;
}

const INDEX = `<!doctype html><meta charset="utf-8"><title>Customers of Livery</title><h1>Customers' websites</h1>
<ul>${Object.entries(SITES).map(([key, site]) => `<li><a href="/${key}">${site.name}</a></li>`).join('')}</ul>`;

/** Serves the customers' sites on `port`; resolves once it listens. */
export function serveCustomers(port, platformPort) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const [, key, file] = path.split('/');
    const send = (status, type, body) => response.writeHead(status, { 'content-type': type }).end(body);
    if (path === '/') return send(200, 'text/html; charset=utf-8', INDEX);
    if (path === '/favicon.ico') return response.writeHead(204).end();
    if (!Object.hasOwn(SITES, key)) return send(404, 'text/plain', 'no such customer');
    if (file === 'site.css') return send(200, 'text/css', stylesheet(key));
    return send(200, 'text/html; charset=utf-8', page(key, port, platformPort));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
