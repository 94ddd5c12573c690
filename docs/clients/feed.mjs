// Prints the tenant's events as they happen; feed.next keeps the place: node feed.mjs
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
const headers = { Authorization: `Apikey ${process.env.KEY}` };
let next = `${process.env.ROSTER_URL}/api/user/management/v4/events?page[size]=1000&wait=30`;
if (existsSync('feed.next')) next = readFileSync('feed.next', 'utf8');
for (;;) {
  const response = await fetch(next, { headers });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const page = await response.json();
  for (const { id, attributes } of page.data) console.log(id, attributes.kind, attributes.external_id);
  next = page.links.next;
  writeFileSync('feed.next', next);
}
