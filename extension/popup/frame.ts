/** The parts that every screen is made of. */

import { type Child, type ElementNode, h } from '../../view/element.ts'
import { type Mood, mark } from '../../view/mark.ts'
import type { Deed } from './screen.ts'

/** `grave` leads to a question; `final` answers it. */
export type Weight = 'plain' | 'strong' | 'grave' | 'final'

export const button = (does: Deed, label: string, weight: Weight = 'plain'): ElementNode =>
  h('button', { type: 'button', class: `button button-${weight}`, 'data-does': does }, label)

/** What the popup says first. The heading takes the focus when a screen follows a button. */
export const headline = (mood: Mood, title: string, ...lines: readonly Child[]): ElementNode =>
  h(
    'div',
    { class: 'headline' },
    mark(mood),
    h(
      'div',
      { class: 'headline-text' },
      h('h1', { tabindex: -1 }, title),
      lines.map(line => line && h('p', {}, line)),
    ),
  )

/** A part that folds; whether it is open is remembered under `name`. */
export const fold = (name: string, title: string, brief: string, ...content: readonly Child[]): ElementNode =>
  h(
    'details',
    { class: 'fold', 'data-fold': name },
    h('summary', {}, h('h2', {}, title), h('span', { class: 'fold-brief' }, brief)),
    h('div', { class: 'fold-content' }, content),
  )

export const points = (items: readonly Child[]): ElementNode =>
  h(
    'ul',
    { class: 'points' },
    items.filter(Boolean).map(item => h('li', {}, item)),
  )

/** @param host the site's name as the browser tells it; undefined where there is no web page in front */
export const frame = (
  host: string | undefined,
  content: readonly Child[],
  actions: readonly ElementNode[] = [],
): ElementNode =>
  h(
    'div',
    { class: 'frame' },
    h(
      'header',
      { class: 'top' },
      h('span', { class: 'top-name' }, 'Nearside'),
      host !== undefined && h('bdi', { class: 'top-host' }, host),
    ),
    h('main', { class: 'content' }, content),
    actions.length > 0 && h('footer', { class: 'actions' }, actions),
  )
