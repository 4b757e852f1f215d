/** The worker's entry: wires the browser to the device, top to bottom, and exposes it. */

import { expose } from 'comlink'
import { differingIn } from '../core/model-fault.ts'
import { KEPT_CHANNEL } from '../core/standing.ts'
import { keyring } from '../store/cipher.ts'
import { openDisk } from '../store/disk.ts'
import { createVault } from '../store/vault.ts'
import { createClock } from './clock.ts'
import { createDevice } from './device.ts'

const WORD = 2 ** 32

/** A collector that does not answer in this time is asked again later. */
const ANSWER_WITHIN_MS = 20_000

/** A file beside the worker's own. */
const beside = (name: string): string => new URL(`nearside-${name}.js`, location.href).href

const lane = new BroadcastChannel(KEPT_CHANNEL)

const device = createDevice({
  clock: createClock(),

  reader: import.meta.env.READER,

  optedOut: (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl,

  records: () => import(/* @vite-ignore */ beside('records')),

  random: () => (crypto.getRandomValues(new Uint32Array(1))[0] as number) / WORD,

  transport: {
    post: async (url, body) => {
      try {
        const answer = await fetch(url, {
          method: 'POST',
          body,
          headers: { 'content-type': 'text/plain' },
          credentials: 'omit',
          referrerPolicy: 'no-referrer',
          cache: 'no-store',
          redirect: 'error',
          signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        })
        return answer.status
      } catch {
        return 0
      }
    },
  },

  warn: line => console.warn(`[nearside] ${line}`),

  tell: () => lane.postMessage(true),

  provenance: () => import(/* @vite-ignore */ beside('provenance')),

  read: async (url, fresh) => {
    if (new URL(url).origin !== location.origin)
      throw new Error(`${url} is on another origin. Serve it from ${location.origin}.`)
    const answer = await fetch(url, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: fresh ? 'no-cache' : 'default',
      redirect: 'error',
    })
    if (!answer.ok) throw new Error(`${url}: the server answered ${answer.status}. Put the file there.`)
    const { headers } = answer
    return { text: await answer.text(), differing: differingIn(headers.get('vary'), headers.get('cache-control')) }
  },

  openVault: async onClosed => {
    if (!globalThis.crypto?.subtle)
      throw new Error('nothing can be kept: encryption needs https. Serve the site over https.')
    return createVault(await openDisk(onClosed), keyring)
  },
})

lane.onmessage = () => void device.reread().catch(() => {})

expose(device)
