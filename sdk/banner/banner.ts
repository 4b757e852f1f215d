/** Asks. The first layer: who, what for, what and how long, then three equal buttons. It keeps nobody from reading on. */

import { type Config, parseConfig, type Snapshot, snapshotOf } from '../../core/config.ts'
import { both, type Grants, grantsOf, NONE, type Pairs, product } from '../../core/consent.ts'
import type { Choice } from '../../core/decision.ts'
import { SENSITIVE } from '../../core/page.ts'
import type { ConfigFile } from '../../core/protocol/session.ts'
import { explicit, optedOut } from '../consent/signal.ts'
import { wish } from '../consent/wish.ts'
import english from '../locales/en.json' with { type: 'json' }
import { currentPageKind } from '../signals/page.ts'
import { fill, speak, timed } from '../words.ts'
import { element } from './element.ts'
import type { showSettings } from './settings.ts'
import { adoptStyle, dropStyle } from './style.ts'

const DAYS_A_MONTH = 30
/** By then a screen reader has seen the heading, and hears that it speaks up. */
const ANNOUNCE_AFTER_MS = 200

type Choose = (choice: Choice, notice: string, snapshot: Snapshot) => unknown
type Guard = (act: () => unknown) => unknown

/** What the second layer is lent by the first, in order: names would be bytes in both. */
export type Hand = readonly [
  config: Config,
  snapshot: Snapshot,
  grants: Grants,
  words: typeof english,
  make: typeof element,
  fillIn: typeof fill,
  guard: Guard,
  /** How long something is kept, in words. */
  kept: (days?: number) => string,
  button: (act: keyof typeof english, onClick: () => unknown) => HTMLElement,
  /** Accept and reject. */
  answers: () => readonly HTMLElement[],
  answer: (granted: Pairs, recipients: readonly string[]) => unknown,
  adopt: typeof adoptStyle,
  /** Puts this in the banner's place. */
  put: (...children: readonly HTMLElement[]) => void,
  /** Back, without a choice. */
  leave: () => void,
]

/** The one that is shown, or empty and about to be. Not looked for by its id, which the page may have given to something of its own. */
let shown: HTMLElement | undefined
/** Opens its second layer. */
let open: () => unknown

const ask = async (
  config: Config,
  snapshot: Snapshot,
  grants: Grants,
  settings: boolean,
  choose: Choose,
  guard: Guard,
): Promise<unknown> => {
  const { purposes, categories, retention, recipients } = config
  const { name, privacy } = config.controller
  const host = element('div', { id: 'nearside-consent', role: 'region', popover: 'manual', 'data-turbo-temporary': '' })
  let back = document.activeElement
  shown = host
  open = () => {
    settings = true
  }
  const spoken = await speak(english, 'words', config.words)
  const { words, lang, dir } = spoken
  Object.assign(host, { lang, dir, ariaLabel: words.region })

  const put = (...children: readonly HTMLElement[]): void => {
    host.replaceChildren(...children)
    if (host.isConnected) return
    // First in the page, so that it is one Tab away. Not `document.body`, which an image of that name takes the place of.
    document.querySelector('body')?.prepend(host)
    // Above all that is on the page, whatever numbers that has.
    host.showPopover?.()
  }

  // Turbo and others take another body for the page's: the banner goes along, and no copy of it does.
  const moved = new MutationObserver(() => {
    if (host.isConnected) return
    for (const copy of document.querySelectorAll('#nearside-consent[popover]')) copy.remove()
    if (host.className) put(...first)
  })

  const close = (): void => {
    moved.disconnect()
    const inside = host.contains(document.activeElement)
    host.remove()
    dropStyle()
    shown = undefined
    if (inside) (back as HTMLElement | null)?.focus?.()
  }

  const answer = (granted: Pairs, allowed: readonly string[]): unknown => {
    guard(close)
    const named = recipients.length && granted ? allowed : undefined
    return choose(
      {
        grants: grantsOf(granted),
        recipients: named,
        means: settings ? 'centre' : 'banner',
        locale: lang,
        ...explicit(),
      },
      config.notice,
      snapshot,
    )
  }

  const button: Hand[8] = (act, onClick) => {
    const made = element('button', { type: 'button', 'data-nearside': act }, words[act])
    made.addEventListener('click', () => guard(onClick))
    return made
  }

  const answers = (): HTMLElement[] => [
    button('accept', () =>
      answer(
        product(purposes, categories),
        recipients.map(each => each.name),
      ),
    ),
    button('reject', () => answer(NONE, [])),
  ]

  const kept = (days = 0): string => fill(words.kept, { time: timed(spoken, 'days', days) })
  const choices = button('settings', () => open())
  const title = element('h2', {}, fill(words.title, { name }))
  const first = [
    element(
      'div',
      // What scrolls must be in reach of a keyboard.
      { class: 'n-s', ...(!privacy && { tabindex: '0' }) },
      title,
      optedOut() && element('b', {}, words.signal),
      element('p', {}, `${fill(words.about, { name })}\n${words.purposes}:`),
      element('ul', {}, ...purposes.map(each => element('li', {}, `${words[each]}\n${words[`${each}-more`]}`))),
      element(
        'p',
        {},
        `${words.categories}: ${[...new Set(categories.map(each => retention[each]))]
          .map(days => {
            const names = categories.filter(each => retention[each] === days).map(each => words[each])
            return `${names.join(', ')}. ${kept(days)}`
          })
          .join('\n')}`,
      ),
      element(
        'p',
        {},
        fill(words.again, { when: timed(spoken, 'months', Math.round(config.askAgainAfter / DAYS_A_MONTH)) }),
        ' ',
        privacy && element('a', { href: privacy }, words.notice),
      ),
    ),
    ...answers(),
    choices,
  ]

  const leave = (): void => {
    if (settings) {
      close()
      return
    }
    put(...first)
    host.className = 'n-1'
    choices.focus()
  }

  open = async () => {
    const from = document.activeElement
    const base = import.meta.url
    const { showSettings: show }: { showSettings: typeof showSettings } = await import(
      /* @vite-ignore */ new URL('nearside-settings.js', base).href
    )
    if (!host.contains(from)) back = from
    host.className = ''
    show([config, snapshot, grants, words, element, fill, guard, kept, button, answers, answer, adoptStyle, put, leave])
  }

  // A page may send its head well before its body.
  if (!document.querySelector('body')) await new Promise(go => addEventListener('DOMContentLoaded', go))
  if (settings) {
    adoptStyle()
    return open()
  }
  // Where the visitor comes from, whenever that is.
  host.addEventListener('focusin', ({ relatedTarget: from }) => {
    if (from && !host.contains(from as Node)) back = from as Element
  })
  put(...first)
  // Not before it is shown, which has a browser work out the looks of whatever has any: they would be worked out twice.
  adoptStyle()
  host.className = 'n-1'
  moved.observe(document.documentElement, { childList: true })
  setTimeout(() => {
    title.ariaLive = 'polite'
    title.replaceChildren(fill(words.title, { name }))
  }, ANNOUNCE_AFTER_MS)
}

/**
 * Shows the banner, or leaves the one that is there; an extension of the visitor's may answer in its place. Gives the focus back to where it was once a choice is made.
 * @param grants what is granted now: the boxes show it
 * @param settings opens the second layer at once, as a visitor asked for it
 * @param guard keeps what fails in it from the page
 * @throws ParseError where the config is not one: nobody is asked for what cannot be explained
 */
export const showBanner = (
  { json, url }: ConfigFile,
  grants: Grants,
  settings: boolean,
  choose: Choose,
  guard: Guard,
): void => {
  const config = parseConfig(json, url)
  const snapshot = snapshotOf(config)
  // On a sensitive page nobody is asked, but who asks for it.
  if (!settings && currentPageKind(snapshot) === SENSITIVE) return
  const wished = settings ? undefined : wish()
  if (wished !== undefined) {
    // No more than is asked for here. Recipients are granted by name, and a wish names none.
    const grants = grantsOf(both(wished, product(config.purposes, config.categories)))
    guard(() => choose({ grants, means: 'extension' }, config.notice, snapshot))
  } else if (!shown || (shown.firstChild && !shown.isConnected))
    guard(() => ask(config, snapshot, grants, settings, choose, guard))
  else if (settings) guard(() => open())
}
