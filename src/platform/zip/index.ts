export { safeName, safePath, uniquePaths } from './names.ts';
export { type PlannedZip, planZip, type ZipEntry } from './plan.ts';
