// Creates or updates a subscriber and lists the external ids of all: node roster.mjs
const headers = { Authorization: `Apikey ${process.env.KEY}`, 'Content-Type': 'application/vnd.api+json' };
const users = `${process.env.ROSTER_URL}/api/user/management/v4/users`;
async function call(method, url, document) {
  const response = await fetch(url, { method, headers, body: document && JSON.stringify(document) });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}
const anna = { data: { type: 'User', attributes: { name: 'Anna Virtanen' } } };
await call('PUT', `${users}/by_external_id/10023`, anna);
for (let next = `${users}?page[size]=1000`; next; ) {
  const page = await call('GET', next);
  page.data.forEach((user) => console.log(user.attributes.external_id));
  next = page.links.next;
}
