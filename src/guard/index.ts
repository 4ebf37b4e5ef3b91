/** Says whether a content proves health data, or makes one ask. Knows no file, no ticket and no organisation. */
export { examine } from './examine.ts';
export type { Finding, Findings, Limits, Rule, Uncovered } from './findings.ts';
