// Runs in a page: writes a store with the SDK's own code, so that a test can put into it what no SDK would.

import { keyring } from '../../store/cipher.ts'
import { openDisk } from '../../store/disk.ts'
import type { Item } from '../../store/vault.ts'
import { createVault } from '../../store/vault.ts'

declare global {
  /** Writes these records, sealed as the SDK seals them, and lets go. */
  var forge: (records: readonly Item[]) => Promise<void>
}

globalThis.forge = async records => {
  const vault = createVault(await openDisk(() => {}), keyring)
  await vault.head()
  await vault.commit({ after: 0, head: { commit: 1, seq: 1, pairs: 1 }, put: records })
  vault.close()
}
