// Receives webhooks and verifies their signatures: npm install standardwebhooks; node receiver.mjs
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';
const webhook = new Webhook(process.env.SECRET);
createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  try {
    const { type, data } = webhook.verify(body, request.headers);
    console.log(request.headers['webhook-id'], type, data.attributes?.external_id);
    response.writeHead(204).end();
  } catch (error) {
    response.writeHead(400).end(error.message);
  }
}).listen(process.env.PORT);
