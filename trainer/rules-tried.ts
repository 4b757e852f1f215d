/** A recipe's rules, tried on history: for how many people each held, when it began, and how long it went on. */

import { assign } from '../core/assign.ts'
import { DAY_MS, dayOf, MINUTE_MS } from '../core/epoch.ts'
import { emptyFold, type FeatureSpec, fold, foldAfresh, rawVector } from '../core/feature.ts'
import { steady } from '../core/hold.ts'
import type { Model } from '../core/model.ts'
import { fault } from '../core/parse.ts'
import { SESSION_GAP_MS } from '../core/partial.ts'
import { namesIn, type RuleSegmentation, type SegmentId } from '../core/segmentation.ts'
import type { Signal } from '../core/signal.ts'
import type { Progress } from './cluster/kmeans.ts'
import { type Gathered, gatherAll } from './gather.ts'
import { filesOf } from './personal-terms.ts'
import { sample, seeded } from './random.ts'
import type { Recipe } from './recipe.ts'
import type { Table } from './table.ts'

/** What became of one segment over all people. */
export interface Tried {
  readonly segmentation: string
  readonly segment: string
  readonly label: string
  /** For whom it held at least once. */
  readonly people: number
  /** How often it began. */
  readonly times: number
  /** Milliseconds: a quarter of the times it held for no longer, half, and three quarters. */
  readonly held: readonly [quarter: number, half: number, most: number]
  /** How often it still held at the end of the history. */
  readonly open: number
  /** How often it began in each month, as YYYY-MM. */
  readonly months: { readonly [month: string]: number }
}

export interface RulesTried {
  readonly people: number
  /** People who were tried; fewer than all where the history is long. */
  readonly tried: number
  readonly segments: readonly Tried[]
}

/** So many tell a share to about two points, in seconds. */
const MOST_PEOPLE = 5000

interface Episode {
  readonly from: number
  readonly to: number
  readonly open: boolean
}

/** Instants after a signal at which a rule may change its mind though nothing happens: a bound is reached, a window passes. */
const turnsAfter = (specs: readonly FeatureSpec[], it: RuleSegmentation): ((at: number) => number[]) => {
  const conditions = it.rules.flatMap(({ all }) => all)
  const spans = specs.flatMap(({ name, aggregate, per = 1, window }) => {
    const bounds = conditions.filter(({ feature }) => feature === name).flatMap(({ least, most }) => [least, most])
    const reached =
      aggregate === 'recency' ? bounds.flatMap(b => (b === undefined ? [] : [b * per, (b + 1) * per])) : []
    return window === 'session' ? [...reached, SESSION_GAP_MS] : reached
  })
  const days = [...new Set(specs.flatMap(({ window }) => (window === 'session' ? [] : [window])))]
  return at => [...spans.map(span => at + Math.ceil(span)), ...days.map(days => (dayOf(at) + days) * DAY_MS)]
}

/** One more instant after that at `i`, in its place. */
const lookAgain = (instants: number[], i: number, at: number, until: number): void => {
  const next = instants.findIndex((each, j) => j > i && each >= at)
  if (at <= until && instants[next] !== at) instants.splice(next < 0 ? instants.length : next, 0, at)
}

/** The segments of one person over time: how long each held, one after the other. */
const episodesOf = (
  model: Model,
  it: RuleSegmentation,
  signals: readonly Signal[],
  until: number,
): Map<string, Episode[]> => {
  const specs = model.features
  const turns = turnsAfter(specs, it)
  const instants = [...new Set(signals.flatMap(({ at }) => [at, ...turns(at)]))]
    .filter(at => at <= until)
    .sort((a, b) => a - b)
  const episodes = new Map<string, Episode[]>()
  const close = (segment: string, from: number, to: number, open: boolean): void => {
    const list = episodes.get(segment) ?? []
    list.push({ from, to, open })
    episodes.set(segment, list)
  }
  let state = emptyFold()
  let next = 0
  let now: { segment: SegmentId; from: number } | undefined
  for (let i = 0; i < instants.length; i++) {
    const at = instants[i] as number
    for (; next < signals.length && (signals[next] as Signal).at <= at; next++) {
      if (!fold(specs, state, signals[next] as Signal)) state = foldAfresh(specs, signals.slice(0, next + 1))
    }
    const answer = assign(model, it, rawVector(specs, state, at))
    const { segment, held } = steady(it, answer, now?.segment, now?.from, at)
    // A device looks again once it has held for as long as it must.
    if (held && now) lookAgain(instants, i, now.from + (it.hold ?? 0) * MINUTE_MS, until)
    if (segment === now?.segment) continue
    if (now) close(now.segment, now.from, at, false)
    now = { segment, from: at }
  }
  if (now) close(now.segment, now.from, until, true)
  return episodes
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor(share * (sorted.length - 1))] ?? 0

const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7)

const triedOf = (it: RuleSegmentation, id: string, label: string, each: readonly (readonly Episode[])[]): Tried => {
  const all = each.flat()
  const lengths = all.map(({ from, to }) => to - from).sort((a, b) => a - b)
  const months: { [month: string]: number } = {}
  for (const month of all.map(({ from }) => monthOf(from)).sort()) months[month] = (months[month] ?? 0) + 1
  return {
    segmentation: it.id,
    segment: id,
    label,
    people: each.filter(({ length }) => length).length,
    times: all.length,
    held: [quantile(lengths, 0.25), quantile(lengths, 0.5), quantile(lengths, 0.75)],
    open: all.filter(({ open }) => open).length,
    months,
  }
}

const drawn = (people: readonly Gathered[], seed: number): readonly Gathered[] =>
  people.length > MOST_PEOPLE ? sample(people, MOST_PEOPLE, seeded(seed, MOST_PEOPLE)) : people

/**
 * Plays each person's signals through the fold that devices run, and looks whenever an answer may change.
 * @throws ParseError where the recipe has no rules, or takes no signals: a table of figures has no history
 */
export const tryRules = (recipe: Recipe, table: Table, progress?: Progress): RulesTried => {
  const { signals, place, rules } = recipe
  if (!rules.length) return fault(`${place}.segmentations`, 'no rules', 'Add a segmentation of kind rules')
  if (!signals) return fault(`${place}.vector`, 'a table of figures has no history', 'Take lines as signals')
  const gathered = gatherAll([signals, ...recipe.further], filesOf(table), `${place}.signals`, recipe)
  const all = gathered.people.filter(person => person.signals.length && !recipe.exclude?.has(person.key))
  const people = drawn(all, recipe.seed)
  const last = all.reduce((latest, person) => Math.max(latest, person.signals.at(-1)?.at ?? 0), 0)
  const until = signals.asOf === 'last' ? last : signals.asOf
  const segments = rules.flatMap((it, r) => {
    const specs = [...recipe.bound, ...recipe.features].filter(({ name }) => namesIn(it).includes(name))
    const model = { features: specs, segmentations: [it] } as unknown as Model
    const found = people.map((person, i) => {
      progress?.((r + i / people.length) / rules.length, `rules of ${it.id}`)
      return episodesOf(model, it, person.signals, until)
    })
    return it.segments.map(({ id, label }) =>
      triedOf(
        it,
        id,
        label,
        found.map(each => each.get(id) ?? []),
      ),
    )
  })
  return { people: all.length, tried: people.length, segments }
}
