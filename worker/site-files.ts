/** The site's files, as they were read last time where they are the same: so that the parsers are loaded only for what is new. */

import { dateOf } from '../core/epoch.ts'
import type { ConfigFile } from '../core/protocol/session.ts'
import type { SiteRecord } from '../store/access.ts'
import { SITE } from '../store/keys.ts'
import type { Vault } from '../store/vault.ts'
import type { World } from './world.ts'

/** The public revision in a config that nobody has parsed yet. */
export const noticeIn = ({ json }: ConfigFile): string => {
  try {
    return JSON.parse(json).notice
  } catch {
    return ''
  }
}

/** @throws where a file is not there, not one, or asks for too much; or where the model ran out */
export const readSite = async (
  { read, reader, records }: World,
  file: ConfigFile,
  now: number,
  kept?: SiteRecord,
): Promise<SiteRecord> => {
  const same =
    kept?.reader === reader &&
    kept.config === file.json &&
    kept.url === file.url &&
    kept.model === (await read(kept.read.config.model))
  const site = same ? kept : { ...(await (await records()).readSite(file, read)), reader }
  const { config, model } = site.read
  if (dateOf(now) >= model.expires)
    throw new Error(`${config.model}.expires: the model ran out on ${model.expires}. Train and publish a new one.`)
  return site
}

/** Opens what is kept, and the files that it is to be kept for. A database that was only just made is not left behind. */
export const openSite = async (
  world: World,
  file: ConfigFile,
  onClosed: () => void,
  now: number,
): Promise<{ vault: Vault; site: SiteRecord; isNew: boolean }> => {
  const vault = await world.openVault(onClosed)
  try {
    const kept = (await vault.read([SITE])).items[0]?.value as SiteRecord | undefined
    const site = await readSite(world, file, now, kept)
    return { vault, site, isNew: site !== kept }
  } catch (error) {
    const isFresh = await vault.head().then(
      ({ commit }) => !commit,
      () => false,
    )
    await (isFresh ? vault.destroy() : vault.close())
    throw error
  }
}
