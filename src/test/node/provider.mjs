// An OpenID Connect provider with one client, for the tests. PUT /accounts/{sub} gives an account its claims; whoever
// types a sub at the provider's own page signs in as that account. Prints its issuer when it is ready.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const accounts = new Map();
const server = createServer();
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'roster',
      client_secret: process.env.CLIENT_SECRET,
      // Of native applications, the port is not compared (RFC 8252, section 7.3).
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/console/sign-in/provider/callback'],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  pkce: { required: () => true },
  cookies: { keys: ['only for tests'] },
  claims: {
    openid: ['sub', 'roster_role', 'roster_tenant', 'realm_access'],
    email: ['email', 'email_verified'],
    profile: ['name', 'preferred_username'],
  },
  findAccount: (context, sub) =>
    accounts.has(sub) ? { accountId: sub, claims: () => ({ sub, ...accounts.get(sub) }) } : undefined,
});
const pages = provider.callback();

server.on('request', async (request, response) => {
  const account = request.method === 'PUT' && /^\/accounts\/(.+)$/.exec(request.url);
  if (!account) {
    pages(request, response);
    return;
  }
  accounts.set(account[1], JSON.parse(Buffer.concat(await request.toArray())));
  response.writeHead(204).end();
});
console.log(`issuer ${issuer} ready`);
