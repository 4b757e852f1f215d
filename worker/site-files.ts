/** The site's files, as they were read last time where they are the same: so that the parsers are loaded only for what is new. */

import { dateOf } from '../core/epoch.ts'
import type { Cipher } from '../core/ports.ts'
import type { ConfigFile } from '../core/protocol/session.ts'
import type { SiteRecord } from '../store/access.ts'
import { SITE } from '../store/keys.ts'
import type { Vault } from '../store/vault.ts'
import type { Reading } from './site.ts'
import type { World } from './world.ts'

/** The public revision in a config that nobody has parsed yet. */
export const noticeIn = ({ json }: ConfigFile): string => {
  try {
    return JSON.parse(json).notice
  } catch {
    return ''
  }
}

/** What is new about the site's files, and what they were before. */
export interface News extends Pick<Reading, 'notes'> {
  readonly site: SiteRecord
  readonly kept: SiteRecord | undefined
}

/** Is the model served as it was? What was refused is looked at again. */
const isAsKept = async ({ read }: World, { from, model }: SiteRecord): Promise<boolean> => {
  if (!from || from.refused) return false
  const served = await read(from.url).catch(() => undefined)
  return served?.text === model && String(from.differing ?? '') === String(served.differing)
}

/** @throws where the config is not one; or where there is no model, or none any more */
export const readSite = async (
  world: World,
  file: ConfigFile,
  now: number,
  cipher?: Pick<Cipher, 'mac'>,
  kept?: SiteRecord,
): Promise<{ site: SiteRecord; news?: News }> => {
  const { reader, records, warn } = world
  const same = kept?.reader === reader && kept.config === file.json && kept.url === file.url
  let read: { site: SiteRecord; news?: News }
  if (same && (await isAsKept(world, kept))) read = { site: kept }
  else {
    const { site: made, notes, warning } = await (await records()).readSite(world, file, now, cipher, kept)
    if (warning) warn(warning)
    const site = { ...made, reader }
    read = { site, news: { site, notes, kept } }
  }
  const { model, config } = read.site.read
  if (dateOf(now) >= model.expires)
    throw new Error(`${config.model}.expires: the model ran out on ${model.expires}. Train and publish a new one.`)
  return read
}

/** Opens what is kept, and the files that it is to be kept for. A database that was only just made is not left behind. */
export const openSite = async (
  world: World,
  file: ConfigFile,
  onClosed: () => void,
  now: number,
): Promise<{ vault: Vault; site: SiteRecord; news?: News }> => {
  const vault = await world.openVault(onClosed)
  try {
    const kept = (await vault.read([SITE])).items[0]?.value as SiteRecord | undefined
    return { vault, ...(await readSite(world, file, now, vault.cipher, kept)) }
  } catch (error) {
    const isFresh = await vault.head().then(
      ({ commit }) => !commit,
      () => false,
    )
    await (isFresh ? vault.destroy() : vault.close())
    throw error
  }
}
