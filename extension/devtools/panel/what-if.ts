/** What would follow if something were otherwise, beside what is. */

import { excessIn } from '../../../core/excess.ts'
import { type Model, modelId } from '../../../core/model.ts'
import type { Cmp } from '../../../core/policy.ts'
import type { State } from '../../../core/protocol/devtools.ts'
import { type Child, type ElementNode, h } from '../../../view/element.ts'
import { counted } from '../../../view/format.ts'
import { ENGLISH } from '../../../view/tongue.ts'
import { differences, isChanged, type Line } from './differences.ts'
import { givenBy } from './given.ts'
import { onPress } from './press.ts'
import { redraw } from './redraw.ts'
import { createRememberedFold } from './remembered-fold.ts'
import { createReplay, type Moment, type Replay } from './replay.ts'
import { table } from './sections.ts'
import { type Fault, readModel, type SiteFiles } from './site-files.ts'
import { type Given, type Supposed, signalsUnder, suppose } from './suppose.ts'
import { type Desk, place, type View } from './view.ts'
import { keepingFields, sourceIn, supposedIn, type Who, whatIfForm, whoIn } from './what-if-form.ts'

const changed = (line: Line, text: string): Child =>
  isChanged(line) ? h('strong', {}, h('bdi', {}, text)) : h('bdi', {}, text)

const lineTable = (lines: readonly Line[]): ElementNode[] =>
  [...new Set(lines.map(({ group }) => group))].map(group =>
    h(
      'section',
      { class: 'dt-section', 'data-group': group },
      h('h2', {}, group),
      table(
        group,
        ['What', 'As it is', 'Supposed'],
        lines
          .filter(line => line.group === group)
          .map(line => [
            h('span', { class: isChanged(line) ? 'dt-changed' : undefined }, line.name),
            line.is,
            changed(line, line.would),
          ]),
      ),
    ),
  )

/** More than anybody compares by eye. */
const MOST_MOMENTS = 200

const replayPart = (moments: readonly Moment[], name: string): ElementNode =>
  h(
    'section',
    { class: 'dt-section', 'data-group': 'replay' },
    h('h2', {}, `The session, played through ${name}`),
    table(
      'Played through both models',
      ['When', 'Question', 'As it is', 'Supposed'],
      moments
        .slice(0, MOST_MOMENTS)
        .map(({ at, segmentation, is = 'not asked', would = 'not asked' }) => [
          ENGLISH.clock(at),
          segmentation,
          h('bdi', {}, is),
          is === would ? h('bdi', {}, would) : h('strong', {}, h('bdi', {}, would)),
        ]),
    ),
  )

const sum = (lines: readonly Line[]): string => {
  const n = lines.filter(isChanged).length
  return n ? `${counted(n, 'thing')} would be otherwise.` : 'Nothing would be otherwise.'
}

const faultPart = ({ place: at, problem, mend }: Fault): ElementNode =>
  h('p', { class: 'dt-fault', role: 'alert' }, `${at}: ${problem}. ${mend}.`)

export const createWhatIf = ({ log, files, changed: drawAgain }: Desk): View => {
  const element = place('dt-what-if')
  const asked = place('dt-asked')
  const answered = place('dt-answered')
  answered.setAttribute('role', 'region')
  answered.setAttribute('aria-label', 'What would follow')
  element.append(asked, answered)
  const { fold, ahead } = createRememberedFold()
  let state: State | undefined
  let known: SiteFiles | undefined
  let given: Given | undefined
  let who: Who = 'stands'
  let source: Cmp = 'tcf'
  let other: Model | undefined
  let replay: Replay | undefined
  /** What is folded a slice at a time: the signals of a state before anything is asked of it, and those that a question leaves. */
  let reading: (() => boolean) | undefined
  let asking: readonly (() => boolean)[] = []
  /** Is an answer to be drawn? And is the session still being played? */
  let due = false
  let playing = false
  let faults: readonly Fault[] = []

  const form = (): HTMLFormElement | null => asked.querySelector('form')

  const drawForm = (): void => {
    const it = given
    if (it) keepingFields(asked, () => redraw(asked, whatIfForm(it, who, source, other && modelId(other))))
  }

  const supposed = (it: Given): Supposed => {
    const host = form()
    return { ...(host ? supposedIn(host, it) : {}), ...(other ? { model: other } : {}) }
  }

  /** The answer is drawn once all that it rests on is folded. */
  const ask = (): void => {
    const it = given
    if (it) {
      const questions: readonly Supposed[] = [{}, supposed(it)]
      asking = questions.map(each => ahead(each.model ?? it.model, signalsUnder(it, each)))
    }
    due = true
    drawAgain()
  }

  const drawAnswer = (): void => {
    if (!given || !form()) return
    const lines = differences(suppose(given, {}, fold), suppose(given, supposed(given), fold))
    const excess = other && excessIn(given.config.needs, other.features)
    redraw(
      answered,
      h(
        'div',
        { class: 'dt-lines' },
        h(
          'p',
          { role: 'status', class: 'dt-sum' },
          h('b', {}, sum(lines)),
          ' Worked out here: nothing real is touched.',
        ),
        faults.map(faultPart),
        excess !== undefined &&
          h(
            'p',
            { class: 'dt-fault' },
            `The site does not collect what this model asks for: ${excess}. A device would refuse it; its numbers here miss that.`,
          ),
        h(
          'div',
          { class: 'dt-columns' },
          lineTable(lines),
          other && replay && !playing && replayPart(replay.moments(), modelId(other)),
        ),
      ),
    )
  }

  const play = (): void => {
    replay = given && other ? createReplay(given.signals, given.model, other) : undefined
    playing = replay !== undefined
  }

  const begin = (): void => {
    state = log.state()
    known = files()
    reading = known.model && state?.kept ? ahead(known.model, state.kept.signals) : () => false
  }

  const arrive = (): void => {
    reading = undefined
    const before = given
    given = known && givenBy(state, known, fold)
    play()
    if (!given)
      redraw(
        asked,
        h('p', { class: 'dt-empty' }, 'The site’s config and model are not to be had here: nothing can be worked out.'),
      )
    else if (!form() || before?.model !== given.model || before.config !== given.config) drawForm()
    ask()
  }

  const take = (model: Model | undefined, wrong: readonly Fault[] = []): void => {
    other = model
    faults = wrong
    play()
    drawForm()
    ask()
  }

  element.addEventListener('submit', event => event.preventDefault())
  element.addEventListener('input', ({ target }) => {
    const it = form()
    if (!it) return
    const [nextWho, nextSource] = [whoIn(it), sourceIn(it) ?? source]
    const file = (target as HTMLInputElement).files?.[0]
    if (file) {
      void file.text().then(text => {
        const read = readModel(text, file.name)
        take(read.it, read.faults)
      })
      return
    }
    if (nextWho !== who || nextSource !== source) {
      who = nextWho
      source = nextSource
      drawForm()
    }
    ask()
  })
  onPress(element, does => {
    if (does !== 'reset' && does !== 'drop-model') return
    if (does === 'reset') {
      who = 'stands'
      asked.replaceChildren()
    }
    take(undefined)
  })

  return {
    id: 'what-if',
    title: 'What if',
    element,
    refresh: () => {
      if (state !== log.state() || known !== files()) begin()
      if (reading?.()) return true
      // Each in a frame of its own: of a long history, any of them takes a while.
      if (reading) {
        arrive()
        return true
      }
      if (asking.some(step => step())) return true
      if (asking.length) {
        asking = []
        return true
      }
      const played = playing
      playing = (playing && replay?.step()) ?? false
      if (due || played !== playing) drawAnswer()
      due = false
      return playing
    },
  }
}
