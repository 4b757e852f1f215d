/** What there is to choose before learning. */

import { type Child, type ElementNode, h } from '../../view/element.ts'
import { counted, spoken } from '../../view/format.ts'
import type { Looked } from './protocol.ts'

const field = (label: string, control: ElementNode, note?: string): ElementNode =>
  h(
    'div',
    { class: 'st-field' },
    h('label', { for: control.attributes.id ?? '' }, label),
    control,
    note && h('p', { class: 'ns-quiet', id: `${control.attributes.id}-note` }, note),
  )

const option = (value: string, says: string): ElementNode => h('option', { value }, says)

const featureList = ({ features }: Looked): ElementNode =>
  h(
    'fieldset',
    { class: 'st-features' },
    h('legend', {}, 'What to go by'),
    features.map(({ name, column, offline }, i) =>
      h(
        'label',
        { class: 'st-check' },
        h('input', {
          type: 'checkbox',
          name: 'features',
          value: name,
          id: `feature-${i}`,
          checked: !offline || features.every(each => each.offline),
        }),
        h(
          'span',
          {},
          spoken(name.replace(/^x_/, '')),
          column !== undefined && h('small', { class: 'ns-quiet' }, ` from ${column}`),
        ),
        offline && h('span', { class: 'mc-tag' }, 'study only'),
      ),
    ),
    features.some(({ offline }) => offline) &&
      h(
        'p',
        { class: 'ns-quiet' },
        'No visitor’s device can observe what is marked “study only”: a model with it cannot be shipped.',
      ),
  )

export const given = (looked: Looked): Child =>
  h('p', {}, `Your recipe is taken as it is: ${counted(looked.features.length, 'feature')}.`)

export const chooser = (looked: Looked): Child => [
  featureList(looked),
  h(
    'div',
    { class: 'st-fields' },
    field(
      'How many segments',
      h(
        'select',
        { id: 'k', name: 'k' },
        option('', 'As many as there are: try 2 to 8'),
        [2, 3, 4, 5, 6, 7, 8, 9, 10].map(k => option(String(k), String(k))),
      ),
    ),
    field(
      'How they are found',
      h(
        'select',
        { id: 'method', name: 'method' },
        option('kmeans', 'K-Means: round groups, fast'),
        option('ward', 'Ward: a tree of groups'),
      ),
    ),
    field(
      'Smallest segment, rows',
      h('input', { id: 'minimum', name: 'minimum', type: 'number', min: 20, max: 100_000, value: 50, required: true }),
    ),
    looked.candidates.length > 0 &&
      field(
        'Foretell as well',
        h(
          'select',
          { id: 'foretell', name: 'foretell' },
          option('', 'Nothing'),
          looked.candidates.flatMap(({ column, words }) =>
            words.map(word => option(JSON.stringify({ column, is: word }), `${column} is ${word}`)),
          ),
        ),
      ),
    field(
      'Name of the model',
      h('input', { id: 'name', name: 'name', type: 'text', maxlength: 16, placeholder: 'from the file’s name' }),
    ),
    field(
      'On what ground may these data be used?',
      h('input', { id: 'basis', name: 'basis', type: 'text', maxlength: 400, 'aria-describedby': 'basis-note' }),
      'It stands on the model card, for whoever has to answer for it.',
    ),
  ),
]
