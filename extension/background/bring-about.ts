/** Brings the browser to what is written down. Begun again from the start whenever it was ended in the middle: each step may be done twice. */

import browser from 'webextension-polyfill'
import { readDefaults, signals } from '../defaults.ts'
import { type Deletion, readDeletions, settle } from '../deletion.ts'
import { isFirefox } from '../firefox.ts'
import { reaches, readReach } from '../reach.ts'
import { eraseAtOnce } from './erase-at-once.ts'
import { FILES } from './files.ts'
import { setGpcHeader } from './gpc-header.ts'
import { readHeld } from './held.ts'
import { sayToOpenTabs } from './open-tabs.ts'
import { eraseId, type Script, scriptsFor, type Wanted } from './scripts.ts'

/** As far as a browser tells what it was given: in which order lists come back is its own affair, but for `js`. */
const printed = ({ id, js, matches, excludeMatches = [], allFrames = false, world }: Script): string =>
  JSON.stringify([
    id,
    js.map(file => file.replace(/^.*:\/\/[^/]+/, '').replace(/^\/?/, '/')),
    [...matches].sort(),
    [...excludeMatches].sort(),
    allFrames,
    world === 'MAIN',
  ])

const register = async (script: Script): Promise<boolean> => {
  const asked = { persistAcrossSessions: true, ...script } as browser.Scripting.RegisteredContentScript
  try {
    await browser.scripting.registerContentScripts([asked])
    return true
  } catch (error) {
    console.warn(`[nearside] ${script.id}`, error)
    return false
  }
}

/** @returns the ids of those that the browser now has */
const registerScripts = async (wanted: Wanted): Promise<ReadonlySet<string>> => {
  const before = new Map(
    (await browser.scripting.getRegisteredContentScripts()).map(script => [printed(script as Script), script.id]),
  )
  const after = new Map(scriptsFor(wanted, FILES, !isFirefox()).map(script => [printed(script), script]))
  const old = [...before].filter(([text]) => !after.has(text)).map(([, id]) => id)
  if (old.length) await browser.scripting.unregisterContentScripts({ ids: old })
  // One by one: a single one that the browser will not have must not keep it from the others.
  const ids = new Set<string>()
  for (const [text, script] of after) if (before.has(text) || (await register(script))) ids.add(script.id)
  return ids
}

const attendDeletion = async (each: Deletion, { reach }: Wanted, registered: ReadonlySet<string>, now: number) => {
  const { origin, by, state } = each
  if (by === 'at-once') {
    if (state === 'asked') await settle(origin, ['asked'], await eraseAtOnce(origin, reach.atOnce), now)
    return
  }
  if (registered.has(eraseId(origin))) return settle(origin, ['asked', 'failed'], { state: 'waits' }, now)
  const problem = reaches(reach, origin) ? 'refused' : 'no-access'
  await settle(origin, ['asked', 'waits'], { state: 'failed', problem }, now)
}

const read = async (): Promise<Wanted> => {
  const [defaults, reach, deletions, held] = await Promise.all([
    readDefaults(),
    readReach(),
    readDeletions(),
    readHeld(),
  ])
  return { defaults, reach, deletions, held }
}

/** @param now milliseconds since 1970 */
export const bringAbout = async (now: number): Promise<void> => {
  const wanted = await read()
  const registered = await registerScripts(wanted)
  await setGpcHeader(signals(wanted.defaults, wanted.reach))
  for (const each of wanted.deletions) await attendDeletion(each, wanted, registered, now)
  await sayToOpenTabs(wanted)
}
