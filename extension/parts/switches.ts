/** A switch for each purpose and each category, and for each pair of both. */

import type { Category, Grants, Purpose } from '../../core/consent.ts'
import type { Offer } from '../../view/decision.ts'
import { type Attributes, type ElementNode, h } from '../../view/element.ts'
import type { Voice } from '../voice.ts'

const toggle = (on: boolean, does: string, data: Attributes): ElementNode =>
  h('input', { type: 'checkbox', role: 'switch', class: 'switch', checked: on, 'data-does': does, ...data })

/** A switch with its name before it. */
export const named = (name: string, on: boolean, does: string, data: Attributes = {}): ElementNode =>
  h('label', { class: 'switch-row' }, h('span', {}, name), toggle(on, does, data))

/** A switch under a title of its own, with what it does. */
export const setting = (title: string, why: string, on: boolean, does: string): ElementNode =>
  h(
    'label',
    { class: 'switch-row setting' },
    h('span', {}, h('strong', {}, title), h('span', { class: 'ns-quiet' }, why)),
    toggle(on, does, {}),
  )

const holds = (grants: Grants, purpose: Purpose, category: Category): boolean =>
  grants[purpose]?.includes(category) ?? false

/** One for each purpose, then one for each category: on where anything of it is granted. */
export const switches = (
  grants: Grants,
  { purposes, categories }: Offer,
  { words, own }: Voice,
): readonly ElementNode[] => [
  h(
    'fieldset',
    { class: 'switches' },
    h('legend', {}, own['switch-purposes']),
    purposes.map(purpose =>
      named(words[purpose], (grants[purpose]?.length ?? 0) > 0, 'switch', { 'data-purpose': purpose }),
    ),
  ),
  h(
    'fieldset',
    { class: 'switches' },
    h('legend', {}, own['switch-categories']),
    categories.map(category =>
      named(
        words[category],
        purposes.some(purpose => holds(grants, purpose, category)),
        'switch',
        { 'data-category': category },
      ),
    ),
  ),
]

/** One for each pair. @param does what each of them does @param data what it is about, beside its pair */
export const pairSwitches = (
  grants: Grants,
  { purposes, categories }: Offer,
  { words }: Voice,
  does = 'switch',
  data: Attributes = {},
): ElementNode =>
  h(
    'div',
    { class: 'ns-scroll' },
    h(
      'table',
      { class: 'ns-grid' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, words['decision-corner']),
          categories.map(each => h('th', { scope: 'col' }, words[each])),
        ),
      ),
      h(
        'tbody',
        {},
        purposes.map(purpose =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, words[purpose]),
            categories.map(category =>
              h(
                'td',
                {},
                toggle(holds(grants, purpose, category), does, {
                  ...data,
                  'data-purpose': purpose,
                  'data-category': category,
                  'aria-label': `${words[purpose]}: ${words[category]}`,
                }),
              ),
            ),
          ),
        ),
      ),
    ),
  )
