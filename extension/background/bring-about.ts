/** Brings the browser to what is written down. Begun again from the start whenever it was ended in the middle: each step may be done twice. */

import browser from 'webextension-polyfill'
import { readDefaults, signals } from '../defaults.ts'
import { type Deletion, type Outcome, readDeletions, settle, settleAll } from '../deletion.ts'
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

const register = async (scripts: readonly Script[]): Promise<boolean> => {
  const asked = scripts.map(script => ({ persistAcrossSessions: true, ...script }))
  try {
    await browser.scripting.registerContentScripts(asked as browser.Scripting.RegisteredContentScript[])
    return true
  } catch (error) {
    console.warn('[nearside]', ...scripts.map(({ id }) => id), error)
    return false
  }
}

/** All in one, as a thousand take long one by one; but a single one that the browser will not have must not keep it from the others. */
const registerAll = async (scripts: readonly Script[]): Promise<readonly Script[]> => {
  if (!scripts.length || (await register(scripts))) return scripts
  const had: Script[] = []
  for (const script of scripts) if (await register([script])) had.push(script)
  return had
}

/** @returns the ids of those that the browser now has */
const registerScripts = async (wanted: Wanted): Promise<ReadonlySet<string>> => {
  const before = new Map(
    (await browser.scripting.getRegisteredContentScripts()).map(script => [printed(script as Script), script.id]),
  )
  const after = new Map(scriptsFor(wanted, FILES, !isFirefox()).map(script => [printed(script), script]))
  const old = [...before].filter(([text]) => !after.has(text)).map(([, id]) => id)
  if (old.length) await browser.scripting.unregisterContentScripts({ ids: old })
  const fresh = [...after].flatMap(([text, script]) => (before.has(text) ? [] : [script]))
  const had = new Set(await registerAll(fresh))
  return new Set([...after].flatMap(([text, script]) => (before.has(text) || had.has(script) ? [script.id] : [])))
}

const inPlace = ({ origin }: Deletion, { reach }: Wanted, registered: ReadonlySet<string>): Outcome => {
  if (registered.has(eraseId(origin))) return { origin, from: ['asked', 'failed'], found: { state: 'waits' } }
  const problem = reaches(reach, origin) ? 'refused' : 'no-access'
  return { origin, from: ['asked', 'waits'], found: { state: 'failed', problem } }
}

const attendDeletions = async (wanted: Wanted, registered: ReadonlySet<string>, now: number): Promise<void> => {
  const { deletions, reach } = wanted
  const later = deletions.filter(({ by }) => by === 'next-visit')
  await settleAll(
    later.map(each => inPlace(each, wanted, registered)),
    now,
  )
  // Each is written down as it is done: the rest may be left for another time.
  for (const { origin, by, state } of deletions)
    if (by === 'at-once' && state === 'asked')
      await settle(origin, ['asked'], await eraseAtOnce(origin, reach.atOnce), now)
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
  await attendDeletions(wanted, registered, now)
  await sayToOpenTabs(wanted)
}
