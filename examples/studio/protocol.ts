/** What the page and the worker that learns say to each other. Files go in, and nothing goes anywhere else. */

import type { ElementNode } from '../../view/element.ts'

export interface Feature {
  readonly name: string
  /** Where its numbers come from. */
  readonly column?: string
  /** No device can compute it: with it, the model is for study. */
  readonly offline: boolean
}

export interface Candidate {
  readonly column: string
  readonly words: readonly string[]
}

export interface Looked {
  /** The draft of a recipe, or the one that was dropped; absent where nothing can be learned. */
  readonly recipe?: string
  /** The dropped one is taken as it is. */
  readonly given: boolean
  readonly title: string
  readonly told: readonly string[]
  readonly features: readonly Feature[]
  /** Columns of few words, one of which may be foretold. */
  readonly candidates: readonly Candidate[]
  readonly personal: readonly string[]
}

export interface Learned {
  readonly name: string
  readonly model: string
  readonly recipe: string
  /** The recipe with the names of all segments, to be edited and dropped again. */
  readonly named: string
  /** Some names are nobody's yet. */
  readonly drafted: boolean
  /** Nobody has said on what ground the data may be used. */
  readonly unstated: boolean
  readonly card: string
  readonly offline: boolean
  /** The card's body. */
  readonly page: ElementNode
}

export type ToWorker =
  | { readonly type: 'look'; readonly files: readonly File[] }
  | { readonly type: 'learn'; readonly files: readonly File[]; readonly recipe: string }

export type FromWorker =
  | { readonly type: 'looked'; readonly looked: Looked }
  | { readonly type: 'progress'; readonly done: number; readonly what: string }
  | { readonly type: 'learned'; readonly learned: Learned }
  /** Something in the files or the recipe: where, what, and how to mend it. */
  | { readonly type: 'fault'; readonly message: string }
