export { type Identity, newIdentity } from './age/index.ts';
export { clearShelf } from './clear.ts';
export { collect, sweep } from './collect.ts';
export { VaultError } from './errors.ts';
export { layIndex } from './index-file.ts';
export { keep, keepLaid, type Laid, lay, type Sums, summing, sumsOnShelf } from './keep.ts';
export type { Keys } from './keys.ts';
export { openMaster } from './master.ts';
export { vaultProblem } from './problems.ts';
export { openBlob, openKnown, type Reading } from './read.ts';
export { type Recovered, recoverVault } from './recover/index.ts';
export { openShelf, type Shelf, ShelfFailed, ShelfFull } from './shelf/index.ts';
export { anyKey, type Blob, faults, type KeyRow, setQuota, useOf } from './store.ts';
export {
  currentKeys,
  keysRead,
  keysWithin,
  makeVault,
  mustOpen,
  newName,
  openVaultOf,
  renewRecoveryOf,
  type Vault,
} from './vault.ts';
export { lookAgain, verify } from './verify.ts';
export { newStaged, openStaged, renameStaged, type Staged } from './staged.ts';
