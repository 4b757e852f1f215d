/** Takes out of a session what would let anybody recognise the visitor or the device: the rest reads as before. */

import type { AccessDocument } from '../../../core/access.ts'
import { type Entry, FIRST_HASH } from '../../../core/ledger.ts'
import type { Happening, State } from '../../../core/protocol/devtools.ts'
import type { Signal } from '../../../core/signal.ts'

/** In a report or ticket: what would tell it from all others. */
const SECRET = /"(pseudonym|token)":"([^"]*)"/g
/** A piece of a path that may be somebody's number or address. */
const PERSONAL = /\d{5}|@|%40|^.{33,}$/
const ADDRESS = /[?#].*$/s
const ADDRESS_IN_TEXT = /(https?:\/\/[^\s?#]+)[?#][^\s]*/g

export interface Redaction {
  happening(it: Happening): Happening
  state(it: State): State
}

/**
 * The same secret becomes the same word wherever it stands, as long as it was: what belongs together still does. 16 bytes in base64url
 * end on one of four letters, and so does what stands in their place.
 */
export const createRedaction = (): Redaction => {
  const names = new Map<string, string>()
  const ids = new Map<string, string>()

  const inBody = (body: string): string =>
    body.replace(SECRET, (_, field: string, secret: string) => {
      const name = names.get(secret) ?? `${String(names.size + 1).padStart(secret.length - 1, 'x')}A`
      names.set(secret, name)
      return `"${field}":"${name}"`
    })
  const path = (text: string): string =>
    text
      .replace(ADDRESS, '')
      .split('/')
      .map(piece => (PERSONAL.test(piece) ? '…' : piece))
      .join('/')
  const address = (url: string): string => {
    const [scheme, rest] = url.replace(ADDRESS, '').split('://')
    if (rest === undefined) return path(url)
    const [host = '', ...pieces] = rest.split('/')
    return [`${scheme}://${host.replace(/^.*@/, '')}`, ...pieces.map(path)].join('/')
  }
  const inText = (text: string): string => text.replace(ADDRESS_IN_TEXT, '$1')
  /** The site's own order numbers. */
  const signal = (it: Signal): Signal => {
    if (it.id === undefined) return it
    const id = String(it.id)
    ids.set(id, ids.get(id) ?? `given-${ids.size + 1}`)
    return { ...it, id: ids.get(id) as string }
  }
  /** A digest over what was there before would vouch for it. */
  const entry = (it: Entry): Entry => ({
    ...it,
    hash: FIRST_HASH,
    event: it.event.type === 'report' ? { ...it.event, body: inBody(it.event.body) } : it.event,
  })
  const kept = (it: AccessDocument): AccessDocument => ({
    ...it,
    signals: it.signals.map(signal),
    ledger: it.ledger.map(entry),
    waiting: it.waiting.map(inBody),
    ...(it.folded ? { folded: { ...it.folded, hash: FIRST_HASH, kept: it.folded.kept.map(entry) } } : {}),
  })

  return {
    happening: it => {
      switch (it.what) {
        case 'load':
          return { ...it, path: path(it.path) }
        case 'signal':
          return { ...it, signal: signal(it.signal) }
        case 'request':
          return { ...it, url: address(it.url), ...(it.body === undefined ? {} : { body: inBody(it.body) }) }
        case 'blocked':
          return { ...it, url: address(it.url) }
        case 'problem':
          return { ...it, text: inText(it.text) }
        case 'answer':
          return {
            ...it,
            ...(it.error === undefined ? {} : { error: inText(it.error) }),
            ...(it.problem === undefined ? {} : { problem: inText(it.problem) }),
          }
        default:
          return it
      }
    },
    state: it => ({
      ...it,
      path: path(it.path),
      config: it.config && { ...it.config, url: address(it.config.url) },
      kept: it.kept && kept(it.kept),
      ...(it.policy ? { policy: { ...it.policy, url: address(it.policy.url) } } : {}),
      ...(it.unreadable === undefined ? {} : { unreadable: inText(it.unreadable) }),
    }),
  }
}
