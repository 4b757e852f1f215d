/** Packages without what nothing here ever calls: the extension's zip is held to a size. */

import type { Plugin } from 'vite'

type Cut = readonly [what: RegExp, instead: string]

/** Each cut must be found once. */
export const without = (name: string, cuts: readonly Cut[], code: string): string =>
  cuts.reduce((rest, [what, instead]) => {
    if (rest.split(what).length !== 2) throw new Error(`${name} has changed: ${what} is not there once`)
    return rest.replace(what, instead)
  }, code)

// Promises are the browsers' own since the third version of manifests. What stays is what differs still: listeners of messages that
// answer with a promise.
const OF_POLYFILL: readonly Cut[] = [
  [/const apiMetadata = \{[\s\S]*?\n {6}\};/, 'const apiMetadata = {};'],
  [/if \(Object\.keys\(apiMetadata\)\.length === 0\) \{[\s\S]*?\n {6}\}/, ''],
  [/const settingMetadata = \{[\s\S]*?(?=return wrapObject\(extensionAPIs)/, ''],
  [/const onRequestFinishedWrappers = [\s\S]*?(?=const onMessageWrappers)/, ''],
  [/const makeCallback = [\s\S]*?(?=const pluralizeArguments)/, ''],
  [/const wrapAsyncFunction = [\s\S]*?(?=const wrapMethod)/, ''],
  [/ else if \(hasOwnProperty\(metadata, prop\)\) \{[\s\S]*?\n {14}\}(?= else \{)/, ''],
  [/devtools: \{[\s\S]*?\n {8}\},\n(?= {8}runtime:)/, ''],
]

/** Where there are no modules it puts itself there, and a module of ours takes it. */
const TAKEN = '\nexport default globalThis.browser'

// Cursors, and short cuts by which a database is asked without a transaction.
const OF_IDB: readonly Cut[] = [
  [/ {4}if \(getCursorAdvanceMethods\(\)\.includes\(func\)\) \{[\s\S]*?\n {4}\}\n/, ''],
  [/const readMethods = [\s\S]*(?=export \{ deleteDB)/, ''],
]

export const lessIdb = (): Plugin => ({
  name: 'nearside:less-idb',
  transform: (code, id) => (id.endsWith('/idb/build/index.js') ? without('idb', OF_IDB, code) : undefined),
})

/** @param native Firefox has all of it by itself */
export const lessPolyfill = (native: boolean): Plugin => ({
  name: 'nearside:less-polyfill',
  transform: (code, id) =>
    id.endsWith('/browser-polyfill.js')
      ? (native ? '' : without('webextension-polyfill', OF_POLYFILL, code)) + TAKEN
      : undefined,
})
