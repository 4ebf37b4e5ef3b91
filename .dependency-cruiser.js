import { fileURLToPath } from 'node:url';

/**
 * Who may import whom. Each rule has a fixture in tests/walls/fixtures that breaks it.
 *
 * A capability is a folder of src/ that is neither the engine, the platform nor the command line; the files that
 * stand in src/ itself put everything together.
 */

const TEST = String.raw`\.test\.ts$`;
const CAPABILITY = '^src/(?!engine/|platform/|cli/)([^/]+)/';
/** The commands that work on the data folder itself; the others go through the client, as anybody's program would. */
const ADMINISTRATION =
  '^src/cli/(administer|program|project|rejected|doctor/|doors/|vault/|commands/(up|vault|plan|import|export|organisation|key|invite|matrix|openapi|doctor|doors))';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'engine-is-pure',
      comment: 'The engine imports itself and the schema library: no I/O, no clock, no SQL.',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: TEST },
      to: { pathNot: ['^src/engine/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'apps-are-definitions',
      comment: "An app imports the engine's public face, vigie/define, and apps.",
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: TEST },
      to: { pathNot: ['^src/engine/define\\.ts$', '^apps/'] },
    },
    {
      name: 'apps-share-definitions-alone',
      comment: "An app made from another's imports that one's definition, and nothing else of it.",
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: TEST },
      to: { path: '^apps/', pathNot: ['^apps/$1/', '^apps/[^/]+/app\\.ts$'] },
    },
    {
      name: 'platform-knows-nothing-of-ours',
      comment: 'The platform imports npm packages, Node and itself.',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: TEST },
      to: { path: '^(src|apps|client|web|tests|scripts|bench)/', pathNot: '^src/platform/' },
    },
    {
      name: 'capabilities-have-a-face',
      comment: "A capability imports the engine, the platform and other capabilities' index.ts.",
      severity: 'error',
      from: { path: CAPABILITY, pathNot: TEST },
      to: { path: CAPABILITY, pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
    },
    {
      name: 'capabilities-stay-below',
      comment: 'A capability imports neither what puts it together nor an app, a page, a test or the client.',
      severity: 'error',
      from: { path: CAPABILITY, pathNot: TEST },
      to: { path: ['^src/[^/]+\\.ts$', '^(apps|web|client|tests|scripts|bench)/'] },
    },
    {
      name: 'postgres-has-a-face',
      comment: 'What is not in platform/postgres/index.ts is its own business.',
      severity: 'error',
      from: { path: '^(src|apps|bench)/', pathNot: ['^src/platform/', TEST] },
      to: { path: '^src/platform/postgres/(?!index\\.ts$)' },
    },
    {
      name: 'driver-stays-in-the-platform',
      comment: 'Statements go through our own pools; the driver is for the platform, tests and benches.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/platform/', TEST] },
      to: { path: '(^|/)node_modules/postgres/' },
    },
    {
      name: 'web-is-a-client',
      comment: 'The pages read and write through the HTTP API, by the client.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|apps|tests|scripts|bench)/' },
    },
    {
      name: 'client-stands-alone',
      comment: 'The client is published on its own.',
      severity: 'error',
      from: { path: '^client/', pathNot: TEST },
      to: { path: '^(src|apps|web|tests|scripts|bench)/' },
    },
    {
      name: 'commands-are-clients',
      comment: 'A command that does not administer the data folder goes through the client.',
      severity: 'error',
      from: { path: '^src/cli/', pathNot: [ADMINISTRATION, TEST] },
      to: { path: '^(src|apps)/', pathNot: ['^src/cli/', '^src/platform/ids\\.ts$'] },
    },
    {
      name: 'nobody-imports-the-top',
      comment: 'What puts everything together, and the command line, are imported by nobody below.',
      severity: 'error',
      from: { path: '^(src|apps|client|web)/', pathNot: ['^src/[^/]+\\.ts$', '^src/cli/', TEST] },
      to: { path: ['^src/cli/', '^src/[^/]+\\.ts$'] },
    },
    {
      name: 'product-does-not-import-tests',
      severity: 'error',
      from: { path: '^(src|apps|client|web)/', pathNot: TEST },
      to: { path: ['^tests/', TEST] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'everything-is-found',
      severity: 'error',
      from: { pathNot: '^web/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'service-needs-no-development-package',
      severity: 'error',
      // Writing the generated client and openapi.json is development.
      from: { path: '^(src|apps|client)/', pathNot: [TEST, '^src/cli/commands/openapi\\.ts$'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^web/(build|\\.svelte-kit|node_modules)/', '^tests/walls/fixtures/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: fileURLToPath(new URL('tsconfig.json', import.meta.url)) },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
