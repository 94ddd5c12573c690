// Reads answers of a running Roster with JSON:API software of others. Fails with what the first of them dislikes.
// Arguments: the API's base address, its key, and the paths to read.
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';
import kitsuPackage from 'kitsu';

const { Validator } = createRequire(import.meta.url)('jsonapi-validator');
const Kitsu = kitsuPackage.default ?? kitsuPackage;
const [base, key, ...paths] = process.argv.slice(2);
// One request id for all, so that both readings of an error are the same.
const headers = { Authorization: `Apikey ${key}`, 'X-Request-Id': 'same' };
const validator = new Validator();
const kitsu = new Kitsu({ baseURL: base, headers, camelCaseTypes: false, pluralize: false, resourceCase: 'none', axiosOptions: { proxy: false } });

// JSON:API lets a list say null for a page that is not there ("Pagination"); the validator's schema knows only strings.
function withoutMissingPages({ links = {}, ...rest }) {
  const present = Object.entries(links).filter(([name, link]) => link !== null || !['prev', 'next'].includes(name));
  return { ...rest, links: Object.fromEntries(present) };
}

function validate(path, document) {
  try {
    validator.validate(document.links ? withoutMissingPages(document) : document);
  } catch (refused) {
    const faults = (refused.errors ?? []).map((fault) => `${fault.dataPath} ${fault.message} ${JSON.stringify(fault.params)}`);
    throw new Error(`jsonapi-validator on ${path}: ${faults.join('; ')}\n${JSON.stringify(document)}`);
  }
}

function sameResource(resource, read, path) {
  assert.equal(read.id, resource.id, path);
  assert.equal(read.type, resource.type, path);
  for (const [name, value] of Object.entries(resource.attributes ?? {})) {
    assert.deepEqual(read[name], value, `${name} of ${path}`);
  }
}

async function read(path) {
  const answer = await fetch(base + path, { headers });
  const document = await answer.json();
  validate(path, document);
  if (!answer.ok) {
    const refused = await kitsu.get(path.slice(1)).then(() => undefined, (error) => error);
    assert.deepEqual(refused?.errors, document.errors, `the errors of ${path} as kitsu reads them`);
    return;
  }
  const seen = await kitsu.get(path.slice(1));
  if (Array.isArray(document.data)) {
    assert.equal(seen.data.length, document.data.length, path);
    document.data.forEach((resource, at) => sameResource(resource, seen.data[at], path));
  } else {
    sameResource(document.data, seen.data, path);
  }
  const linked = [seen.data].flat().flatMap((user) => [user.default_user_profile?.data, user.user_profiles?.data].flat());
  for (const resource of document.included ?? []) {
    sameResource(resource, linked.find((profile) => profile?.id === resource.id && profile.name !== undefined), path);
  }
}

for (const path of paths) {
  await read(path);
  console.log(`read ${path}`);
}
