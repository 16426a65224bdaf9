// Usage: node check-rules.mjs FILE. Exits 0 if every expression of the alert rules is PromQL by Prometheus' own grammar,
// 1 with those that are not.
import { readFileSync } from "node:fs";
import { parser } from "@prometheus-io/lezer-promql";
import { parse } from "yaml";

const problems = [];
for (const group of parse(readFileSync(process.argv[2], "utf8")).groups) {
  for (const rule of group.rules) {
    parser.parse(rule.expr).iterate({
      enter: (node) => {
        if (node.type.isError) {
          problems.push(`${rule.alert}: no PromQL at character ${node.from} of ${rule.expr}`);
        }
      },
    });
  }
}
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
