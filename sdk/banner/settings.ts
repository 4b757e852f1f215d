/** The second layer: a box for each purpose, kind and recipient, each pair where it is wanted, why, and what would be sent. Nothing is ticked. */

import { type Category, categoriesIn, NONE, type Pairs, type Purpose, product } from '../../core/consent.ts'
import type { Nearside } from '../api.ts'
import type { Hand } from './banner.ts'
import type { Child } from './element.ts'
import css from './settings.css?inline'

type Box = HTMLInputElement

export const showSettings = (hand: Hand): void => {
  const [config, snapshot, grants, words, element, fill, guard, kept, button, answers, answer, adoptStyle, put, leave] =
    hand
  const { purposes, categories, recipients, retention, needs, reports } = config
  const nearside = (window as { nearside?: Partial<Nearside> }).nearside
  const allowed = nearside?.consent?.()?.recipients ?? []
  const listen = (input: Box, act: () => unknown): unknown => input.addEventListener('change', () => guard(act))

  const tick = (kind: string, name: string, checked: boolean): Box => {
    const input = element('input', { type: 'checkbox', [`data-${kind}`]: name })
    input.checked = checked
    return input
  }
  const label = (input: Box, name: string, more: string): HTMLElement =>
    element('label', {}, input, element('b', {}, name), element('span', {}, more))

  const every = <K extends string>(names: readonly K[], make: (name: K) => Box) =>
    Object.fromEntries(names.map(name => [name, make(name)])) as { readonly [name in K]: Box }

  const byPurpose = every(purposes, it => tick('purpose', it, !!grants[it]?.length))
  const byCategory = every(categories, it => tick('category', it, categoriesIn(grants).includes(it)))
  const handed = recipients.map(it => ({ ...it, input: tick('recipient', it.name, allowed.includes(it.name)) }))
  const pairs = purposes.flatMap(purpose =>
    categories.map(category => {
      const input = tick('pair', `${purpose} ${category}`, !!grants[purpose]?.includes(category))
      input.ariaLabel = `${words[purpose]}: ${words[category]}`
      return { purpose, category, input }
    }),
  )
  const isTicked = ({ input }: { input: Box }): boolean => input.checked
  const of = (purpose: Purpose) => (it: { purpose: Purpose }) => it.purpose === purpose
  /** What the two lists grant between them. */
  const spread = (within: (pair: (typeof pairs)[number]) => boolean): void => {
    for (const { purpose, category, input } of pairs.filter(within))
      input.checked = byPurpose[purpose].checked && byCategory[category].checked
  }
  const toRecipients = (purpose: Purpose): void => {
    for (const { input } of handed.filter(of(purpose))) input.checked = byPurpose[purpose].checked
  }

  for (const purpose of purposes)
    listen(byPurpose[purpose], () => {
      toRecipients(purpose)
      spread(of(purpose))
    })
  for (const category of categories) listen(byCategory[category], () => spread(it => it.category === category))
  for (const { purpose, input } of handed)
    listen(input, () => {
      byPurpose[purpose].checked = handed.filter(of(purpose)).some(isTicked)
      spread(of(purpose))
    })
  for (const { purpose, category, input } of pairs)
    listen(input, () => {
      const before = byPurpose[purpose].checked
      byPurpose[purpose].checked = pairs.filter(of(purpose)).some(isTicked)
      byCategory[category].checked = pairs.filter(it => it.category === category).some(isTicked)
      if (byPurpose[purpose].checked !== before) toRecipients(purpose)
    })

  const field = (name: string, ...rows: Node[]): HTMLElement =>
    element('fieldset', {}, element('legend', {}, name), ...rows)
  const fold = (name: string, ...inside: Child[]): HTMLElement =>
    element('details', {}, element('summary', {}, name), ...inside)
  const text = (it: string): HTMLElement => element('p', {}, it)

  /** Why a category is asked for: the features that draw on it, as the site calls them. */
  const why = (category: Category): HTMLElement[] => {
    const kinds = snapshot.needs.filter(it => it.category === category).map(it => it.kind)
    const features = new Set(needs.filter(it => kinds.includes(it.kind)).flatMap(it => it.features))
    const named = [...features].join(', ').replaceAll('_', ' ')
    return named ? [fold(words.why, text(fill(words.needed, { features: named })))] : []
  }

  const preview = element('div', {})
  const showPreview = async (): Promise<void> => {
    // Where it is denied now, what would be sent after this choice.
    const told = ((reports && (await nearside?.previewReport?.())) || []).filter(
      it => !it.silent || !grants.measurement?.length,
    )
    preview.append(
      ...told.flatMap(({ recipient, body }) => [
        text(fill(words.receiver, { address: recipient })),
        element('pre', { dir: 'ltr' }, body.trim()),
      ]),
      text(!told.length ? words.nothing : told.some(it => it.later.length) ? words.later : ''),
    )
  }

  const save = (): unknown => {
    const granted = pairs.filter(isTicked)
    return answer(
      granted.reduce((all, it) => (all | product([it.purpose], [it.category])) as Pairs, NONE),
      handed.filter(it => isTicked(it) && granted.some(of(it.purpose))).map(it => it.name),
    )
  }

  const dialog = element(
    'dialog',
    { 'aria-label': words.choices },
    element(
      'div',
      { class: 'n-s' },
      element('h2', {}, words.choices),
      field(words.purposes, ...purposes.map(it => label(byPurpose[it], words[it], words[`${it}-more`]))),
      field(
        words.categories,
        ...categories.flatMap(it => [
          label(byCategory[it], words[it], `${words[`${it}-more`]} ${kept(retention[it])}`),
          ...why(it),
        ]),
      ),
      handed.length > 0 &&
        field(
          words.recipients,
          ...handed.flatMap(({ name, purpose, privacy, input }) => [
            label(input, name, words[purpose]),
            ...(privacy
              ? [element('a', { href: privacy, 'aria-label': `${words.notice}: ${name}` }, words.notice)]
              : []),
          ]),
        ),
      fold(
        words.pairs,
        element(
          'table',
          {},
          element('tr', {}, element('td', {}), ...categories.map(it => element('th', { scope: 'col' }, words[it]))),
          ...purposes.map(purpose =>
            element(
              'tr',
              {},
              element('th', { scope: 'row' }, words[purpose]),
              ...pairs.filter(of(purpose)).map(it => element('td', {}, it.input)),
            ),
          ),
        ),
      ),
      element('h3', {}, words.preview),
      preview,
    ),
    button('save', save),
    ...answers(),
    button('back', leave),
  )
  dialog.addEventListener('cancel', event => {
    event.preventDefault()
    guard(leave)
  })
  put(dialog)
  adoptStyle(css)
  dialog.showModal()
  // Not what scrolls, which some browsers take for the first of all.
  dialog.querySelector('input')?.focus()
  guard(showPreview)
}
