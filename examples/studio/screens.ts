/** The screens of Segment Studio, as trees. */

import { bar } from '../../view/bar.ts'
import { type Child, type ElementNode, h } from '../../view/element.ts'
import { percent, spoken } from '../../view/format.ts'
import { chooser, given } from './chooser.ts'
import type { Learned, Looked } from './protocol.ts'

const LEAD = 'Learn segments from a file, here in your browser. The file never leaves this machine.'

const frame = (...content: readonly Child[]): ElementNode =>
  h(
    'div',
    { class: 'st ns-sheet' },
    h('header', { class: 'st-head' }, h('h1', {}, 'Segment Studio'), h('p', {}, LEAD)),
    h('main', {}, content),
  )

const fault = (message: string | undefined): Child =>
  message !== undefined &&
  h('p', { class: 'st-fault', role: 'alert' }, h('strong', {}, 'That cannot be used. '), message)

/** Where it begins. */
export const dropScreen = (message?: string): ElementNode =>
  frame(
    fault(message),
    h(
      'label',
      { class: 'st-drop', for: 'files', id: 'drop' },
      h('strong', {}, 'Drop your files here'),
      h('span', {}, 'or press to choose them'),
      h(
        'span',
        { class: 'ns-quiet' },
        'CSV, JSON lines or Parquet: exports of GA4, Shopify, WooCommerce or Segment, or any table with a row a visit. A recipe.json beside them is taken as it is.',
      ),
      h('input', { type: 'file', id: 'files', multiple: true, accept: '.csv,.tsv,.txt,.json,.jsonl,.ndjson,.parquet' }),
    ),
    h(
      'ul',
      { class: 'st-promises' },
      h(
        'li',
        {},
        h('b', {}, 'Nothing is sent.'),
        ' This page is not allowed to talk to any server: its policy says so.',
      ),
      h(
        'li',
        {},
        h('b', {}, 'Names and addresses are refused,'),
        ' by what columns are called and by what stands in them.',
      ),
      h(
        'li',
        {},
        h('b', {}, 'The same as on the command line.'),
        ' The same file and choices give the same model, byte for byte.',
      ),
    ),
  )

const cancel = h(
  'p',
  { class: 'st-actions' },
  h('button', { type: 'button', id: 'cancel', class: 'st-plain' }, 'Cancel'),
)

export const waitScreen = (what: string): ElementNode =>
  frame(h('p', { class: 'st-wait', role: 'status', tabindex: -1, id: 'step' }, what), cancel)

/** What was found in the files, and what there is to choose. */
export const chooseScreen = (looked: Looked, message?: string): ElementNode =>
  frame(
    fault(message),
    h('h2', { tabindex: -1, id: 'step' }, looked.title),
    looked.personal.length > 0 &&
      h(
        'p',
        { class: 'st-note' },
        h('strong', {}, 'Refused as personal: '),
        looked.personal.map((name, i) => [i ? ', ' : '', h('code', {}, name)]),
      ),
    looked.told.length > 0 &&
      h(
        'details',
        { class: 'ns-behind' },
        h('summary', {}, 'What was recognised'),
        h(
          'ul',
          { class: 'mc-list' },
          looked.told.map(line => h('li', {}, line.trim())),
        ),
      ),
    looked.recipe === undefined
      ? h('p', { class: 'st-fault' }, 'Nothing in these files can be computed on a visitor’s device.')
      : h(
          'form',
          { id: 'choices', class: 'st-form' },
          looked.given ? given(looked) : chooser(looked),
          h(
            'p',
            { class: 'st-actions' },
            h('button', { type: 'submit', class: 'st-primary' }, 'Learn the segments'),
            h('button', { type: 'button', id: 'again', class: 'st-plain' }, 'Other files'),
          ),
        ),
    looked.recipe === undefined &&
      h('p', { class: 'st-actions' }, h('button', { type: 'button', id: 'again', class: 'st-plain' }, 'Other files')),
  )

/** @param done 0 to 1 */
export const progressPart = (done: number, what: string): ElementNode =>
  h(
    'div',
    {
      id: 'progress',
      class: 'st-progress',
      role: 'progressbar',
      'aria-label': 'Learning',
      'aria-valuenow': Math.floor(done * 100),
      'aria-valuemin': 0,
      'aria-valuemax': 100,
    },
    bar(done),
    h('p', {}, h('span', {}, spoken(what)), h('span', { class: 'ns-number' }, percent(Math.floor(done * 100) / 100))),
  )

export const learnScreen = (): ElementNode =>
  frame(h('h2', { tabindex: -1, id: 'step' }, 'Learning'), progressPart(0, 'reading'), cancel)

/** The card is a page of its own: here its landmarks are parts of ours, and its headings those of the screen. */
const LANDMARKS: readonly string[] = ['main', 'header', 'footer']
const asPart = (node: ElementNode | string): ElementNode | string =>
  typeof node === 'string' || !LANDMARKS.includes(node.tag) ? node : { ...node, tag: 'div' }

export const doneScreen = (learned: Learned): ElementNode =>
  h(
    'div',
    { class: 'st ns-sheet' },
    h(
      'header',
      { class: 'st-done' },
      h('p', { class: 'st-brand', tabindex: -1, id: 'step' }, 'Segment Studio: done'),
      h(
        'p',
        {},
        learned.offline
          ? 'The model goes by columns that no visitor’s device can observe. It is for study: every device refuses it.'
          : learned.unstated
            ? 'The model is not to be shipped yet: nobody has stated on what ground the data may be used.'
            : 'The model is ready for a site.',
        learned.drafted &&
          ' Its names are drafts: save the recipe with names, put your own words into it, and drop it here with the same files.',
      ),
      h(
        'p',
        { class: 'st-actions' },
        h('button', { type: 'button', id: 'save-model', class: 'st-primary' }, 'Save the model'),
        h('button', { type: 'button', id: 'save-card', class: 'st-primary' }, 'Save the card'),
        h('button', { type: 'button', id: 'save-recipe', class: 'st-plain' }, 'Save the recipe'),
        learned.drafted &&
          h('button', { type: 'button', id: 'save-named', class: 'st-plain' }, 'Save the recipe with names'),
        h('button', { type: 'button', id: 'back', class: 'st-plain' }, 'Choose again'),
        h('button', { type: 'button', id: 'again', class: 'st-plain' }, 'Other files'),
      ),
    ),
    h('main', { class: 'mc' }, learned.page.children.map(asPart)),
  )
