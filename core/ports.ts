/** The world as interfaces. The browser wires the real ones in one file; a simulation wires its own. */

export interface Clock {
  /** Milliseconds since 1970, as last stamped by the page and carried forward. */
  now(): number
  /** Calls `act` once after `ms`; returns what calls it off. */
  after(ms: number, act: () => void): () => void
}

/** Uniform over [0, 1), from a cryptographic source. */
export type Random = () => number

/** Keys stay behind it: none is ever handed out. */
export interface Cipher {
  /** Encrypts `text`, bound to `label`: it opens under no other. */
  seal(label: string, text: string): Promise<Uint8Array<ArrayBuffer>>
  /** @throws where the bytes were altered, or were sealed under another key or label */
  open(label: string, sealed: Uint8Array<ArrayBuffer>): Promise<string>
  /** A keyed digest of 32 bytes: unpredictable without this device's key. */
  mac(text: string): Promise<Uint8Array>
  /** SHA-256 of the UTF-8 text. */
  digest(text: string): Promise<Uint8Array>
}

/** Secrets, which only the disk holds, and the ciphers that they open. */
export interface Keyring<S> {
  /** A fresh one, in the place of `before`: it seals anew, and gives the same pseudonyms. */
  renew(before: S | undefined): S
  /** @throws where it is not whole */
  open(secret: S | undefined): Promise<Cipher>
}

/** What a disk holds under a key. */
export interface Sealed {
  readonly key: string
  readonly data: Uint8Array<ArrayBuffer>
}

/** Stands in the clear beside the sealed records: what a writer must agree with to be let in. */
export interface Head {
  /** Counts commits: a writer names the one it has seen. */
  readonly commit: number
  /** The decision in force, so that no write can slip past a withdrawal in another tab. */
  readonly seq: number
  readonly pairs: number
  /** The number of the secret that all records are sealed under; absent, 0. */
  readonly key?: number
}

export interface Commit<S = unknown> {
  /** The commit this one follows; anything else on disk refuses it. */
  readonly after: number
  readonly head: Head
  readonly put: readonly Sealed[]
  /** Ranges of keys, first included, second not. */
  readonly remove: readonly (readonly [string, string])[]
  /** Takes the place of the secret that stood there; `head.key` is its number. */
  readonly secret?: S
  /** Must outlast a loss of power: what it says is about to leave the device. */
  readonly firm?: boolean
}

/** `S` is a secret as this disk can hold it. */
export interface Disk<S = unknown> {
  /**
   * The head, and the records whose keys start with one of `prefixes`, in key order, read in one transaction; and the secret,
   * unless its number is `known`.
   */
  read(prefixes: readonly string[], known?: number): Promise<{ head: Head; records: Sealed[]; secret?: S | undefined }>
  /** All or nothing; false where another writer came first. */
  commit(commit: Commit<S>): Promise<boolean>
  /** Removes everything, keys and all, and closes. */
  destroy(): Promise<void>
  close(): void
}

export interface Transport {
  /** POSTs text and answers with the status; 0 where there was no answer. */
  post(url: string, body: string): Promise<number>
}
