// A look at the database from the page, without any of our code: what is read and written here is what a browser holds.
import { createHash } from 'node:crypto'
import type { BrowserContext, Page } from 'playwright-core'

export interface Head {
  commit: number
  seq: number
  pairs: number
  key?: number
}

interface Inside {
  /** Every record by its key, opened; null where the key that stands there does not open it. */
  all(): Promise<{ head: Head | undefined; records: Record<string, unknown> }>
  /** The bytes of the sealing key, in hex. */
  seal(): Promise<string>
  /** How many records this key opens. */
  opens(hex: string): Promise<number>
  /** Turns one bit of each record whose key starts so. */
  damage(prefix: string): Promise<number>
  /** Takes the sealing key away, or leaves none of its bytes. */
  loseKey(how: 'gone' | 'empty'): Promise<void>
  /** Writes all of it again as the first version did, with nothing reported yet; answers that version's pseudonym for a text. */
  toFirstVersion(text: string): Promise<string>
  version(): Promise<number>
}

declare global {
  var inside: Inside
}

/** What `lookInside` does, for another driver's pages. */
export const INSIDE = `globalThis.inside = (() => {
  const IV = 12
  const answered = request => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error)
  })
  const ended = tx => new Promise((done, failed) => {
    tx.oncomplete = done
    tx.onabort = () => failed(tx.error)
  })
  const withDatabase = async act => {
    const db = await answered(indexedDB.open('nearside'))
    db.onversionchange = () => db.close()
    try { return await act(db) } finally { db.close() }
  }
  const hex = bytes => Array.from(new Uint8Array(bytes), byte => byte.toString(16).padStart(2, '0')).join('')
  const bytesOf = text => new TextEncoder().encode(text)
  const sealer = raw => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
  const unseal = async (key, { key: label, data }) => {
    const rule = { name: 'AES-GCM', iv: data.subarray(0, IV), additionalData: bytesOf(label) }
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(rule, key, data.subarray(IV))))
  }
  const read = () => withDatabase(async db => {
    const tx = db.transaction(['head', 'keys', 'records'])
    const [head, secret, records] = await Promise.all([
      answered(tx.objectStore('head').get('head')),
      answered(tx.objectStore('keys').get('head')),
      answered(tx.objectStore('records').getAll()),
    ])
    const key = secret && ('arrayBuffer' in secret.seal
      ? await secret.seal.arrayBuffer().then(sealer).catch(() => undefined)
      : secret.seal)
    return { head, secret, records, key }
  })
  const all = async () => {
    const { head, records, key } = await read()
    const opened = await Promise.all(records.map(async it => [it.key, key ? await unseal(key, it).catch(() => null) : null]))
    return { head, records: Object.fromEntries(opened) }
  }
  return {
    all,
    seal: async () => hex(await (await read()).secret.seal.arrayBuffer()),
    opens: async text => {
      const key = await sealer(Uint8Array.from(text.match(/../g), pair => parseInt(pair, 16)))
      const { records } = await read()
      const opened = await Promise.all(records.map(it => unseal(key, it).then(() => 1, () => 0)))
      return opened.reduce((sum, one) => sum + one, 0)
    },
    damage: async prefix => {
      const { records } = await read()
      const hit = records.filter(({ key }) => key.startsWith(prefix))
      await withDatabase(db => {
        const tx = db.transaction('records', 'readwrite')
        for (const record of hit) {
          record.data[record.data.length >> 1] ^= 4
          tx.objectStore('records').put(record)
        }
        return ended(tx)
      })
      return hit.length
    },
    loseKey: how => withDatabase(db => {
      const tx = db.transaction('keys', 'readwrite')
      if (how === 'gone') tx.objectStore('keys').delete('head')
      else tx.objectStore('keys').put({ seal: new Blob([]), mac: new Blob([]) }, 'head')
      return ended(tx)
    }),
    toFirstVersion: async text => {
      const { head, records } = await all()
      delete head.key
      delete records.state.keyed
      records.state.reports = {}
      const seal = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
      const mac = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
      const sealed = await Promise.all(Object.entries(records).map(async ([key, value]) => {
        const iv = crypto.getRandomValues(new Uint8Array(IV))
        const rule = { name: 'AES-GCM', iv, additionalData: bytesOf(key) }
        const closed = new Uint8Array(await crypto.subtle.encrypt(rule, seal, bytesOf(JSON.stringify(value))))
        const data = new Uint8Array(IV + closed.length)
        data.set(iv)
        data.set(closed, IV)
        return { key, data }
      }))
      await answered(indexedDB.deleteDatabase('nearside'))
      const opening = indexedDB.open('nearside', 1)
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore('records', { keyPath: 'key' })
        opening.result.createObjectStore('head')
        opening.result.createObjectStore('keys')
      }
      const db = await answered(opening)
      const tx = db.transaction(['records', 'head', 'keys'], 'readwrite')
      for (const record of sealed) tx.objectStore('records').put(record)
      tx.objectStore('head').put(head, 'head')
      tx.objectStore('keys').put({ seal, mac }, 'head')
      await ended(tx)
      db.close()
      const signed = new Uint8Array(await crypto.subtle.sign('HMAC', mac, bytesOf(text))).subarray(0, 16)
      return btoa(String.fromCharCode(...signed)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
    },
    version: () => withDatabase(db => db.version),
  }
})()`

/** Makes `inside` known to every page of this visitor. */
export const lookInside = (visitor: BrowserContext): Promise<unknown> => visitor.addInitScript(INSIDE)

/** The page's own time from its next load on, as far as the SDK can tell. */
export const shiftTime = (page: Page, ms: number): Promise<unknown> =>
  page.addInitScript(`{ const now = Date.now; Date.now = () => now() + ${ms} }`)

/** Node's own, for `verify`. */
export const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(createHash('sha256').update(text).digest())
