/** Asks. Two layers in the light DOM: what and what for with three equal buttons; then a box for each choice. Nothing is ticked. */

import { parseConfig, type Snapshot, snapshotOf } from '../../core/config.ts'
import {
  type Category,
  categoriesIn,
  type Grants,
  grantsOf,
  NONE,
  type Pairs,
  type Purpose,
  product,
} from '../../core/consent.ts'
import type { Choice } from '../../core/decision.ts'
import type { ConfigFile } from '../../core/protocol/session.ts'
import { adoptStyle, dropStyle } from './style.ts'
import { words } from './words.ts'

const HOST = 'nearside-consent'
const DAYS_A_MONTH = 30

type Child = Node | string | undefined

const element = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: { [name: string]: string },
  ...children: Child[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children.filter(child => child !== undefined))
  return made
}

/** The one that is shown. Not looked for by its id, which the page may have given to something of its own. */
let shown: HTMLElement | undefined

const box = (
  attribute: string,
  name: string,
  [label, sentence]: [string, string],
  checked: boolean,
  after = '',
): HTMLElement => {
  const input = element('input', { type: 'checkbox', [`data-${attribute}`]: name })
  input.checked = checked
  return element(
    'label',
    {},
    input,
    element('div', {}, element('b', {}, label), element('p', { class: 'n-s' }, sentence + after)),
  )
}

const line = ([label, sentence]: [string, string], after = ''): HTMLElement =>
  element('li', {}, element('b', {}, label), element('p', { class: 'n-s' }, sentence + after))

const column = (tag: 'div' | 'fieldset', heading: string, rows: HTMLElement[]): HTMLElement =>
  tag === 'fieldset'
    ? element('fieldset', {}, element('legend', {}, heading), ...rows)
    : element('div', {}, element('h3', {}, heading), element('ul', {}, ...rows))

/**
 * Shows the banner, or leaves the one that is there. Gives the focus back to where it was once a choice is made.
 * @param grants what is granted now: the boxes show it
 * @param settings opens at the second layer, as a visitor asked for it
 * @param guard keeps what fails in it from the page
 * @throws ParseError where the config is not one: nobody is asked for what cannot be explained
 */
export const showBanner = (
  { json, url }: ConfigFile,
  grants: Grants,
  settings: boolean,
  choose: (choice: Choice, notice: string, snapshot: Snapshot) => void,
  guard: (act: () => unknown) => unknown,
): void => {
  const config = parseConfig(json, url)
  if (shown?.isConnected) {
    if (settings) shown.querySelector<HTMLElement>('[data-nearside=settings]:not([hidden])')?.click()
    return
  }
  const { controller, purposes, categories, retention, askAgainAfter } = config
  const back = document.activeElement as HTMLElement | null
  const kept = (category: Category): string => ` ${words.keep(retention[category] ?? 0)}`
  const button = (act: string, label: string, onClick: () => unknown): HTMLButtonElement => {
    const made = element('button', { type: 'button', 'data-nearside': act }, label)
    made.addEventListener('click', () => guard(onClick))
    return made
  }
  const close = (): void => {
    const inside = host.contains(document.activeElement)
    host.remove()
    dropStyle()
    if ((inside || settings) && back?.isConnected) back.focus()
  }
  const everybody = config.recipients.length ? config.recipients.map(({ name }) => name) : undefined
  const answer = (granted: Pairs) => (): unknown => {
    guard(close)
    return choose(
      { grants: grantsOf(granted), recipients: granted ? everybody : undefined, means: 'banner', locale: 'en' },
      config.notice,
      snapshotOf(config),
    )
  }
  const ticked = <T extends string>(attribute: string): T[] =>
    [...host.querySelectorAll<HTMLInputElement>(`input[data-${attribute}]:checked`)].map(
      input => input.dataset[attribute] as T,
    )
  const toSettings = (): void => {
    first.hidden = chooseButton.hidden = true
    second.hidden = saveButton.hidden = false
    second.querySelector('input')?.focus()
  }

  const first = element(
    'div',
    { class: 'n-g' },
    column(
      'div',
      words.whatFor,
      purposes.map(purpose => line(words.purposes[purpose])),
    ),
    column(
      'div',
      words.whatNoticed,
      categories.map(category => line(words.categories[category], kept(category))),
    ),
  )
  const second = element(
    'div',
    { class: 'n-g' },
    column(
      'fieldset',
      words.whatFor,
      purposes.map(purpose => box('purpose', purpose, words.purposes[purpose], Boolean(grants[purpose]?.length))),
    ),
    column(
      'fieldset',
      words.whatNoticed,
      categories.map(category =>
        box('category', category, words.categories[category], categoriesIn(grants).includes(category), kept(category)),
      ),
    ),
  )
  const chooseButton = button('settings', words.choose, toSettings)
  const saveButton = button('save', words.save, () =>
    answer(product(ticked<Purpose>('purpose'), ticked<Category>('category')))(),
  )
  second.hidden = saveButton.hidden = true

  const notice = controller.privacy && element('a', { href: controller.privacy }, words.more)
  const host = element(
    'div',
    { id: HOST, role: 'region', 'aria-label': words.region, lang: 'en', dir: 'ltr' },
    element('h2', {}, words.title),
    element('p', {}, words.who(controller.name), ' ', words.where),
    first,
    second,
    element('p', { class: 'n-s' }, words.ask(Math.round(askAgainAfter / DAYS_A_MONTH)), ' ', notice || undefined),
    element(
      'div',
      { class: 'n-b' },
      button('accept', words.accept, answer(product(purposes, categories))),
      button('reject', words.reject, answer(NONE)),
      chooseButton,
      saveButton,
    ),
  )
  shown = host
  const place = (): unknown => {
    // Not `document.body`, which an image of that name takes the place of.
    const body = document.querySelector('body')
    // A page may send its head well before its body.
    if (!body) return addEventListener('DOMContentLoaded', () => guard(place), { once: true })
    adoptStyle()
    // First in the page, so that it is one Tab away; and not in the body, which Turbo and others take another for.
    body.before(host)
    if (settings) toSettings()
  }
  place()
}
