/**
 * Where the extension may go by itself: nowhere, the sites that the visitor lets it keep an eye on, or everywhere. The browser's own list
 * of permissions is the truth; the visitor can change it there as well.
 */

import browser from 'webextension-polyfill'
import { hostOf, patternOf } from './origin.ts'
import { AT_ONCE, EVERYWHERE, GPC } from './permissions.ts'

export interface Reach {
  readonly everywhere: boolean
  /** Hosts (`https://shop.example`) that the visitor lets it keep an eye on. */
  readonly hosts: readonly string[]
  /** May it delete a site's data at once? */
  readonly atOnce: boolean
  /** May it add to what is sent to sites? */
  readonly gpc: boolean
}

const host = /^https?:\/\/[^*/]+\/\*$/

export const readReach = async (): Promise<Reach> => {
  const { origins = [], permissions = [] } = await browser.permissions.getAll()
  return {
    everywhere: EVERYWHERE.every(pattern => origins.includes(pattern)),
    hosts: origins.filter(pattern => host.test(pattern)).map(pattern => pattern.slice(0, -'/*'.length)),
    atOnce: permissions.some(name => name === AT_ONCE),
    gpc: permissions.some(name => name === GPC),
  }
}

/** @returns what ends it */
export const watchReach = (listener: (now: Reach) => void): (() => void) => {
  const hear = (): void => void readReach().then(listener)
  const { onAdded, onRemoved } = browser.permissions
  onAdded.addListener(hear)
  onRemoved.addListener(hear)
  return () => {
    onAdded.removeListener(hear)
    onRemoved.removeListener(hear)
  }
}

export const reaches = ({ everywhere, hosts }: Reach, origin: string): boolean =>
  everywhere || hosts.includes(hostOf(origin))

// Browsers let an extension ask only within a click: each of these calls first and awaits afterwards.

type Asked = { origins?: string[]; permissions?: string[] }
const ask = (asked: Asked): Promise<boolean> => browser.permissions.request(asked as browser.Permissions.Permissions)
const drop = (dropped: Asked): Promise<boolean> =>
  browser.permissions.remove(dropped as browser.Permissions.Permissions).catch(() => false)

/** "Keep an eye on these sites": one question of the browser's for all of them. @returns whether the visitor agreed */
export const keepEyeOn = (...origins: readonly string[]): Promise<boolean> => ask({ origins: origins.map(patternOf) })
export const stopEyeOn = (...origins: readonly string[]): Promise<boolean> => drop({ origins: origins.map(patternOf) })

/** What "find all sites that use Nearside" takes. @returns whether the visitor agreed */
export const goEverywhere = (): Promise<boolean> => ask({ origins: EVERYWHERE })
/** Chromium takes the sites that it keeps an eye on away with all others: the visitor is asked for those again. */
export const leaveEverywhere = async ({ hosts }: Reach): Promise<boolean> => {
  await drop({ origins: EVERYWHERE })
  const left = await readReach()
  const lost = hosts.filter(each => !left.hosts.includes(each))
  return lost.length === 0 || keepEyeOn(...lost)
}

/** @returns whether deleting at once is allowed from now on */
export const allowAtOnce = (): Promise<boolean> => ask({ permissions: [AT_ONCE] })
export const stopAtOnce = (): Promise<boolean> => drop({ permissions: [AT_ONCE] })

/** Global Privacy Control has to reach every site that it is said to. @returns whether the visitor agreed */
export const allowGpc = (): Promise<boolean> => ask({ origins: EVERYWHERE, permissions: [GPC] })
export const stopGpc = (): Promise<boolean> => drop({ permissions: [GPC] })
