/** What each control of an open site does: it asks the site's page, shows what is seen afterwards, and says what became of it. */

import type { State } from 'vanjs-core'
import type { Category, Grants, Purpose } from '../../../core/consent.ts'
import type { Correction } from '../../../core/correction.ts'
import type { SegmentId } from '../../../core/segmentation.ts'
import type { Signal } from '../../../core/signal.ts'
import type { Given } from '../../../view/controls.ts'
import { corrected } from '../../../view/correction.ts'
import { download, fileName } from '../../../view/download.ts'
import { type Scope, within } from '../../../view/panels/erasure.ts'
import { createOpeners, scopeOf } from '../../../view/panels/opening.ts'
import { readable } from '../../../view/readable.ts'
import { noteSight } from '../../history.ts'
import { noteHead, readHead } from '../../log-heads.ts'
import { offerOf } from '../../parts/offer.ts'
import { downloadReceipt } from '../../parts/receipts.ts'
import { type Change, type Changed, switched } from '../../request.ts'
import type { Act, Sight } from '../../sight.ts'
import type { Where } from '../../site-index.ts'
import { act, change, check, lookAt, type Page } from '../../tab.ts'
import type { Voice } from '../../voice.ts'
import { hostIn } from '../sites.ts'
import type { SiteState } from './state.ts'

export const createDesk = (
  state: State<SiteState>,
  page: () => Page | undefined,
  say: (text: string) => void,
  whereOf: (at: Page) => Promise<Where>,
  voice: Voice,
) => {
  const { own, words } = voice
  const show = (shown: Partial<SiteState>): void => {
    state.val = { ...state.val, ...shown }
  }
  const sight = (): Sight | undefined => {
    const { phase } = state.val
    if (phase.at === 'confirm') return phase.sight
    if (phase.at !== 'seen' || phase.sight.seen === 'blocked' || phase.sight.seen === 'silent') return undefined
    return phase.sight
  }
  const access = () => {
    const now = sight()
    return now && 'kept' in now ? now.kept : null
  }
  const config = () => {
    const now = sight()
    return now && 'config' in now ? now.config : null
  }

  const noted = async (at: Page, sight: Sight): Promise<void> => noteSight(await whereOf(at), sight, Date.now())
  /** Another site may be shown by the time that a page answers. */
  const isShown = (at: Page): boolean => page()?.origin === at.origin

  const look = async (): Promise<void> => {
    const at = page()
    if (!at) return show({ phase: { at: 'closed' } })
    if (!sight()) show({ phase: { at: 'looking' } })
    const found = await lookAt(at)
    if (found.seen !== 'blocked' && found.seen !== 'silent') void noted(at, found)
    if (isShown(at)) show({ phase: { at: 'seen', sight: found }, editing: undefined })
  }

  /** Asks for a change. @returns what became of it; undefined where it was refused, which is then said */
  const ask = async (what: Change, said: string): Promise<Changed | undefined> => {
    const at = page()
    const told = at && (await change(at, what))
    if (at && told) void noted(at, told.sight)
    if (at && !isShown(at)) return undefined
    if (!told) {
      await look()
      say(own['silent-why'])
      return undefined
    }
    const { phase } = state.val
    // What is being asked meanwhile stays asked, and what is being done is not done yet.
    if (phase.at === 'confirm') show({ phase: { ...phase, sight: told.sight } })
    else if (phase.at === 'seen') show({ phase: { at: 'seen', sight: told.sight }, editing: undefined })
    say(told.refused ? own[`switch-${told.refused}`] : said)
    return told.refused ? undefined : told
  }

  const correct = (correction: Correction, said: string) => ask({ ask: 'correct', correction }, said)
  const signalOf = ({ note }: Given): Signal => access()?.signals[Number(note)] as Signal

  const confirm = (what: Act): void => {
    const now = sight()
    if (now) show({ phase: { at: 'confirm', sight: now, act: what } })
  }
  const perform = async (what: Act): Promise<void> => {
    const at = page()
    if (!at) return
    show({ phase: { at: 'looking' } })
    const account = await act(at, what)
    if (!isShown(at)) return
    if (account) show({ phase: { at: 'account', account } })
    else await look()
  }

  const erasePart = async (given: Scope): Promise<void> => {
    // What is noticed from now on is not meant.
    const scope = { ...given, to: given.to ?? Date.now() }
    const told = await ask({ ask: 'remove', scope }, '')
    if (told) show({ stage: { at: 'gone', count: told.count, left: within(access()?.signals ?? [], scope).length } })
  }

  const decide = (grants: Grants): Promise<unknown> | undefined => {
    const now = sight()
    if (now?.seen !== 'granted') return undefined
    if (!Object.keys(grants).length) return Promise.resolve(confirm('withdraw'))
    return ask({ ask: 'decide', seq: now.decision.seq, grants }, own['done-switch'])
  }
  const host = (): string => hostIn(page()?.origin ?? '')

  const does = {
    look,
    'ask-withdraw': () => confirm('withdraw'),
    'ask-erase': () => confirm('erase'),
    'do-withdraw': () => perform('withdraw'),
    'do-erase': () => perform('erase'),
    back: () => {
      const now = sight()
      if (now) show({ phase: { at: 'seen', sight: now } })
    },
    switch: ({ purpose, category, on }: Given) => {
      const now = sight()
      if (now?.seen !== 'granted') return undefined
      const which = {
        ...(purpose ? { purpose: purpose as Purpose } : {}),
        ...(category ? { category: category as Category } : {}),
      }
      return decide(switched(now.decision.grants, offerOf(now), { ...which, on: Boolean(on) }))
    },
    pause: () => ask({ ask: 'pause', paused: true }, words['centre-paused']),
    resume: () => ask({ ask: 'pause', paused: false }, words['centre-granted']),
    right: ({ of, segment }: Given) =>
      correct({ segmentation: of as string, segment: segment as SegmentId }, words['done-noted']),
    choose: ({ of, segment }: Given) =>
      correct({ segmentation: of as string, segment: segment as SegmentId }, words['done-noted']),
    not: ({ of, segment }: Given) =>
      correct({ segmentation: of as string, not: segment as SegmentId }, words['done-noted']),
    undo: ({ of }: Given) => correct({ segmentation: of as string, segment: null }, words['done-noted']),
    ...createOpeners(() => state.val, show),
    save: (given: Given) => {
      const signal = signalOf(given)
      const to = corrected(signal, given as { [field: string]: string }, voice)
      return correct({ signal, to }, words['done-save'])
    },
    remove: (given: Given) => correct({ signal: signalOf(given), to: null }, words['done-remove']),
    json: () => {
      const name = fileName(host(), 'json')
      download(window, name, 'application/json', JSON.stringify(access(), null, 2))
      say(words['done-download'])
    },
    readable: () => {
      const [kept, now] = [access(), sight()]
      if (!kept || !now) return
      const text = readable(kept, host(), offerOf(now), voice.dir, voice)
      download(window, fileName(host(), 'html'), 'text/html', text)
      say(words['done-download'])
    },
    receipt: ({ of }: Given) => {
      const made = downloadReceipt(of, access(), config(), page()?.origin ?? '', voice)
      say(made ? words['done-download'] : words['copies-none'])
    },
    ask: (given: Given) => show({ stage: { at: 'asking', scope: scopeOf(given) } }),
    keep: () => show({ stage: { at: 'choosing' } }),
    erase: (given: Given) => erasePart(scopeOf(given)),
    check: async () => {
      const at = page()
      show({ checked: undefined })
      const told = at && (await check(at, await readHead(at.origin)))
      if (at && told) await noteHead(await whereOf(at), told)
      if (!at || isShown(at)) show({ checked: told ?? 'none' })
    },
  }
  return { does, look, show }
}
