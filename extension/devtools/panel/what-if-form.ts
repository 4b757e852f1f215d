/** What may be supposed, as a form; and what it says. */

import { CATEGORIES, type Grants, PURPOSES } from '../../../core/consent.ts'
import { CMPS, type Cmp, wordsHeard } from '../../../core/policy.ts'
import { type Child, type ElementNode, h } from '../../../view/element.ts'
import { press } from './press.ts'
import type { Given, Supposed } from './suppose.ts'

export const WHO = ['stands', 'pairs', 'said'] as const
export type Who = (typeof WHO)[number]

const UNITS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const

const isPressed = (form: HTMLFormElement, name: string): boolean =>
  (form.elements.namedItem(name) as HTMLInputElement | null)?.checked ?? false

const textIn = (form: HTMLFormElement, name: string): string => String(new FormData(form).get(name) ?? '')

const check = (name: string, label: Child, checked = false, value = 'yes'): ElementNode =>
  h(
    'label',
    { class: 'dt-check' },
    h('input', { type: 'checkbox', name, id: `if-${name}-${value}`, value, checked }),
    h('span', {}, label),
  )

const radio = (value: Who, label: string, chosen: Who): ElementNode =>
  h(
    'label',
    { class: 'dt-check' },
    h('input', { type: 'radio', name: 'who', id: `if-who-${value}`, value, checked: value === chosen }),
    h('span', {}, label),
  )

const group = (legend: string, ...content: readonly Child[]): ElementNode =>
  h('fieldset', { class: 'dt-group' }, h('legend', {}, legend), content)

const pairsGrid = ({ config, decision }: Given): ElementNode =>
  h(
    'table',
    { class: 'dt-table dt-pair-grid' },
    h('caption', { class: 'ns-unseen' }, 'Pairs'),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, 'Purpose'),
        config.categories.map(it => h('th', { scope: 'col' }, it)),
      ),
    ),
    h(
      'tbody',
      {},
      config.purposes.map(purpose =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, purpose),
          config.categories.map(category =>
            h(
              'td',
              {},
              h('input', {
                type: 'checkbox',
                name: 'pair',
                id: `if-pair-${purpose}-${category}`,
                value: `${purpose}.${category}`,
                'aria-label': `${purpose}, ${category}`,
                checked: decision?.grants[purpose]?.includes(category) ?? false,
              }),
            ),
          ),
        ),
      ),
    ),
  )

const otherManager = ({ config }: Given, source: Cmp): ElementNode =>
  h(
    'div',
    { class: 'dt-lines' },
    h(
      'label',
      { class: 'dt-check' },
      h('span', {}, 'Who'),
      h(
        'select',
        { name: 'source', id: 'if-source' },
        CMPS.map(cmp => h('option', { value: cmp, selected: cmp === source }, cmp)),
      ),
    ),
    h(
      'div',
      { class: 'dt-words', role: 'group', 'aria-label': 'What it has granted' },
      wordsHeard({ ...config.consent, source }).map(word => check('word', word, false, word)),
    ),
  )

const featureInputs = ({ model }: Given): ElementNode =>
  h(
    'div',
    { class: 'dt-inputs' },
    model.features.map(({ name }) =>
      h(
        'label',
        {},
        h('code', {}, name),
        h('input', {
          type: 'number',
          name: `feature-${name}`,
          id: `if-feature-${name}`,
          step: 'any',
          placeholder: 'as it is',
        }),
      ),
    ),
  )

/** @param source whose words are offered; @param modelName of the file that was given */
export const whatIfForm = (given: Given, who: Who, source: Cmp, modelName: string | undefined): ElementNode =>
  h(
    'form',
    { class: 'dt-form', 'aria-label': 'What is supposed' },
    group(
      'Decision',
      radio('stands', 'As it stands', who),
      radio('pairs', 'Other pairs', who),
      who === 'pairs' && pairsGrid(given),
      radio('said', 'Another consent manager’s answer', who),
      who === 'said' && otherManager(given, source),
      check('gpc', 'Global Privacy Control is on', given.optedOut),
      check('expired', 'It has expired'),
    ),
    group(
      'Clock',
      h(
        'div',
        { class: 'dt-check' },
        h('input', {
          type: 'number',
          name: 'later',
          id: 'if-later',
          min: 0,
          step: 1,
          value: 0,
          'aria-label': 'How much later',
        }),
        h(
          'select',
          { name: 'unit', id: 'if-unit', 'aria-label': 'Unit' },
          Object.keys(UNITS).map(unit => h('option', { value: unit }, unit)),
        ),
        h('span', {}, 'later'),
      ),
    ),
    group(
      'Model',
      modelName === undefined
        ? h('input', {
            type: 'file',
            name: 'model',
            id: 'if-model',
            accept: '.json,application/json',
            'aria-label': 'Another model file',
          })
        : h('p', {}, h('bdi', {}, modelName), ' ', press('drop-model', 'Take it back')),
    ),
    group('Features (raw numbers)', featureInputs(given)),
    h('div', {}, press('reset', 'As it is')),
  )

const pairsIn = (form: HTMLFormElement): Grants => {
  const pairs = new FormData(form).getAll('pair').map(String)
  return Object.fromEntries(
    PURPOSES.map(purpose => [purpose, CATEGORIES.filter(category => pairs.includes(`${purpose}.${category}`))]),
  )
}

export const whoIn = (form: HTMLFormElement): Who => WHO.find(each => each === textIn(form, 'who')) ?? 'stands'

export const sourceIn = (form: HTMLFormElement): Cmp | undefined => CMPS.find(each => each === textIn(form, 'source'))

const numbersIn = (form: HTMLFormElement, { model }: Given): { [name: string]: number } =>
  Object.fromEntries(
    model.features.flatMap(({ name }) => {
      const text = textIn(form, `feature-${name}`)
      return text && Number.isFinite(Number(text)) ? [[name, Number(text)]] : []
    }),
  )

/** What the form says now, but for the model, which is a file. */
export const supposedIn = (form: HTMLFormElement, given: Given): Supposed => {
  const who = whoIn(form)
  const words = new FormData(form).getAll('word').map(String)
  const unit = Object.entries(UNITS).find(([name]) => name === textIn(form, 'unit'))?.[1] ?? 0
  const later = Math.max(0, Number(textIn(form, 'later')) || 0) * unit
  return {
    ...(who === 'pairs' ? { grants: pairsIn(form) } : {}),
    ...(who === 'said' ? { said: { source: sourceIn(form) ?? 'tcf', words } } : {}),
    gpc: isPressed(form, 'gpc'),
    expired: isPressed(form, 'expired'),
    features: numbersIn(form, given),
    ...(later ? { later } : {}),
  }
}

type Field = HTMLInputElement | HTMLSelectElement
const fieldsIn = (host: HTMLElement): Field[] =>
  [...host.querySelectorAll<Field>('input[id], select[id]')].filter(({ type }) => type !== 'file')

/** Draws the form anew with all that was filled in, as far as it still has a place for it. */
export const keepingFields = (host: HTMLElement, draw: () => void): void => {
  const before = new Map(fieldsIn(host).map(field => [field.id, field]))
  draw()
  for (const field of fieldsIn(host)) {
    const old = before.get(field.id)
    if (!old) continue
    field.value = old.value
    if (field instanceof HTMLInputElement && old instanceof HTMLInputElement) field.checked = old.checked
  }
}
