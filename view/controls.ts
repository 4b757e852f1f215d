/** What a visitor may press, by name: whoever shows a view listens for these, and a view knows nothing of what they do. */

import { type Attributes, type Child, type ElementNode, h } from './element.ts'

export const DEEDS = [
  'choices',
  'pause',
  'resume',
  'withdraw',
  'forget',
  'right',
  'not',
  'choose',
  'undo',
  'day',
  'days',
  'notes',
  'entries',
  'change',
  'save',
  'cancel',
  'remove',
  'json',
  'readable',
  'receipt',
  'ask',
  'erase',
  'keep',
  'again',
] as const
export type Deed = (typeof DEEDS)[number]

/** What a control is about, in its `data-…`, and what its form says. */
export interface Given {
  readonly [name: string]: string | undefined
}

/** `grave` leads to a question that `final` answers; `quiet` is one of many. */
export type Weight = 'plain' | 'strong' | 'grave' | 'final' | 'quiet'

/** @param data what it is about, in attributes `data-…` */
export const button = (does: Deed, label: Child, weight: Weight = 'plain', data: Attributes = {}): ElementNode =>
  h('button', { type: 'button', class: `ns-button ns-button-${weight}`, 'data-does': does, ...data }, label)

/** The button that sends a form; the form says what it does. */
export const submit = (label: Child, weight: Weight = 'plain'): ElementNode =>
  h('button', { type: 'submit', class: `ns-button ns-button-${weight}` }, label)

export const actions = (...buttons: readonly Child[]): ElementNode => h('div', { class: 'ns-actions' }, buttons)
