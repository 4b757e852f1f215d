/** What each control of an open site does: it asks the site's page, shows what is seen afterwards, and says what became of it. */

import type { State } from 'vanjs-core'
import type { Category, Grants, Purpose } from '../../../core/consent.ts'
import type { Correction } from '../../../core/correction.ts'
import type { SegmentId } from '../../../core/segmentation.ts'
import type { Signal } from '../../../core/signal.ts'
import { corrected } from '../../../view/correction.ts'
import { type Scope, within } from '../../../view/panels/erasure.ts'
import { ENTRIES_AT_ONCE } from '../../../view/panels/sent.ts'
import { readable } from '../../../view/readable.ts'
import { DAYS_AT_ONCE, NOTES_AT_ONCE } from '../../../view/timeline.ts'
import type { Given } from '../../parts/deeds.ts'
import { download, fileName } from '../../parts/download.ts'
import { offerOf } from '../../parts/offer.ts'
import { downloadReceipt } from '../../parts/receipts.ts'
import { type Change, type Changed, switched } from '../../request.ts'
import type { Act, Sight } from '../../sight.ts'
import { act, change, check, lookAt, type Page } from '../../tab.ts'
import type { Voice } from '../../voice.ts'
import { hostIn } from '../sites.ts'
import type { SiteState } from './state.ts'

export const createDesk = (
  state: State<SiteState>,
  page: () => Page | undefined,
  say: (text: string) => void,
  noted: (sight: Sight) => unknown,
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

  const look = async (): Promise<void> => {
    const at = page()
    if (!at) return show({ phase: { at: 'closed' } })
    if (!sight()) show({ phase: { at: 'looking' } })
    const found = await lookAt(at)
    // Another site may be shown by now.
    if (page()?.origin !== at.origin) return
    show({ phase: { at: 'seen', sight: found }, editing: undefined })
    if (found.seen !== 'blocked' && found.seen !== 'silent') noted(found)
  }

  /** Asks for a change. @returns what became of it; undefined where it was refused, which is then said */
  const ask = async (what: Change, said: string): Promise<Changed | undefined> => {
    const at = page()
    const told = at && (await change(at, what))
    if (!told) {
      await look()
      say(own['silent-why'])
      return undefined
    }
    show({ phase: { at: 'seen', sight: told.sight }, editing: undefined })
    noted(told.sight)
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
    if (account) show({ phase: { at: 'account', account } })
    else await look()
  }

  /** A scope as its control names it; days begin and end where the reader is. */
  const scopeOf = ({ category, from, to }: Given): Scope => {
    const instant = (given: string | undefined, end: string): number | undefined =>
      given ? (given.includes('-') ? Date.parse(`${given}T${end}`) : Number(given)) : undefined
    const read = { category, from: instant(from, '00:00:00'), to: instant(to, '23:59:59.999') }
    return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as Scope
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
    day: ({ day }: Given) => {
      const notes = new Map(state.val.notes)
      if (!notes.delete(Number(day))) notes.set(Number(day), NOTES_AT_ONCE)
      show({ notes })
    },
    days: () => show({ days: state.val.days + DAYS_AT_ONCE }),
    notes: ({ day }: Given) => {
      const shown = state.val.notes.get(Number(day)) ?? 0
      show({ notes: new Map(state.val.notes).set(Number(day), shown + NOTES_AT_ONCE) })
    },
    entries: () => show({ entries: state.val.entries + ENTRIES_AT_ONCE }),
    change: ({ note }: Given) => show({ editing: Number(note) }),
    cancel: () => show({ editing: undefined }),
    save: (given: Given) => {
      const signal = signalOf(given)
      const to = corrected(signal, given as { [field: string]: string }, voice)
      return correct({ signal, to }, words['done-save'])
    },
    remove: (given: Given) => correct({ signal: signalOf(given), to: null }, words['done-remove']),
    json: () => {
      const name = fileName(host(), 'json')
      download(name, 'application/json', JSON.stringify(access(), null, 2))
      say(words['done-download'])
    },
    readable: () => {
      const [kept, now] = [access(), sight()]
      if (!kept || !now) return
      const text = readable(kept, host(), offerOf(now), voice.dir, voice)
      download(fileName(host(), 'html'), 'text/html', text)
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
      show({ checked: (at && (await check(at, access()?.model?.log))) ?? 'none' })
    },
  }
  return { does, look, show }
}
