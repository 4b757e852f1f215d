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
}

export interface Commit {
  /** The commit this one follows; anything else on disk refuses it. */
  readonly after: number
  readonly head: Head
  readonly put: readonly Sealed[]
  /** Ranges of keys, first included, second not. */
  readonly remove: readonly (readonly [string, string])[]
}

export interface Disk {
  /** The head, and the records whose keys start with one of `prefixes`, in key order, read in one transaction. */
  read(prefixes: readonly string[]): Promise<{ head: Head; records: Sealed[] }>
  /** All or nothing; false where another writer came first. */
  commit(commit: Commit): Promise<boolean>
  /** Removes everything, keys and all, and closes. */
  destroy(): Promise<void>
  close(): void
}

export interface Transport {
  /** POSTs text and answers with the status; 0 where there was no answer. */
  post(url: string, body: string): Promise<number>
}
