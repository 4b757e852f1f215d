/** Opens what a site keeps, with the SDK's own code. Nothing is upgraded or left behind, and no more is read than a visitor's store can be. */

import type { Config } from '../../core/config.ts'
import type { Model } from '../../core/model.ts'
import { needsOf } from '../../core/needs.ts'
import type { Disk } from '../../core/ports.ts'
import { parseSite, type SiteRecord } from '../../store/access.ts'
import { keyring } from '../../store/cipher.ts'
import { openExistingDisk } from '../../store/disk.ts'
import { SITE } from '../../store/keys.ts'
import { createVault, type Vault } from '../../store/vault.ts'
import { within } from './within.ts'

/** Opening waits for as long as another tab upgrades or deletes; longer than this is not a wait but a fault. */
const OPEN_WITHIN_MS = 3000
/** Ten times what 50,000 signals take on a slow laptop. */
const READ_WITHIN_MS = 10_000
/** Five times what 50,000 signals and the longest ledger take. */
const MOST_BYTES = 64_000_000

/** What is longer than any visitor's store is not opened: it would be copied three times before anything could be said of it. */
const bounded = <S>(disk: Disk<S>): Disk<S> => ({
  ...disk,
  read: async (prefixes, known) => {
    const found = await disk.read(prefixes, known)
    const bytes = found.records.reduce((sum, { data }) => sum + (data?.byteLength ?? 0), 0)
    if (bytes > MOST_BYTES) throw new Error(`${bytes} bytes are kept, which is more than Nearside keeps of anybody`)
    return found
  },
})

/** Whatever is not done in time is not done later either: the database is closed. */
export const withKept = async <T>(act: (vault: Vault) => Promise<T>): Promise<T> => {
  const opening = openExistingDisk(() => {})
  const disk = await within(OPEN_WITHIN_MS, opening).catch(error => {
    void opening.then(late => late?.close()).catch(() => {})
    throw error
  })
  if (!disk) throw new Error('the database holds no key of this version')
  const vault = createVault(bounded(disk), keyring)
  try {
    return await within(READ_WITHIN_MS, act(vault))
  } finally {
    vault.close()
  }
}

export interface Files {
  readonly record: SiteRecord
  /** As the site wrote it. */
  readonly config: Config
  readonly model: Model
}

/** The site's own files as they are kept: read anew, since what the site says it once read in them is its claim. @throws ParseError */
export const filesIn = async (vault: Vault): Promise<Files> => {
  const record = (await vault.read([SITE])).items[0]?.value as SiteRecord | undefined
  if (!record) throw new Error("the site's files that were kept cannot be read")
  return { record, ...parseSite(record) }
}

/** What a worker works with: of what the config asks for, as much as the model needs. */
export const workWith = (vault: Vault, { config, model }: Files) => ({
  vault,
  model,
  config: { ...config, needs: needsOf(model.features) },
})
