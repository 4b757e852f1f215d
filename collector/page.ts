/** The page a site's owner looks at: counts, and what is not there. No script, no style but one sheet. */

import { type Model, modelId } from '../core/model.ts'
import { counts } from '../view/counts.ts'
import { type Child, type ElementNode, h } from '../view/element.ts'
import { labelsOfModel, NO_LABELS, questionName } from '../view/labels.ts'
import type { PublishedGroup } from './counts.ts'
import { PROBLEMS } from './problem.ts'

const WORDS = {
  title: 'Nearside collector',
  lead: 'How many devices reported each group, week by week.',
  onceClosed: 'A week appears when the week after it is over: then nothing can change it any more.',
  notYet: 'Reports have come. Their counts appear once their week and the one after it are over.',
  refresh: 'Refresh',
  empty: 'No reports yet',
  whenEmpty:
    'Counts appear here once visitors who allowed measurement have been sorted on their own devices and one has reported.',
  holdsTitle: 'What this collector never holds',
  holds: [
    'What anybody did: no signals, features, pages or answers ever leave a device.',
    'Who anybody is: no address, browser, referrer or cookie is kept or logged.',
    'A history: a pseudonym lives one week for one question, and is deleted when that week is closed. The counts stay.',
  ],
  problems: 'What this collector may answer',
}

export interface PageTerms {
  readonly minimumSize: number
  readonly models: readonly Model[]
  /** Whether counts of open epochs are shown as well. */
  readonly open: boolean
}

export interface SiteCounts {
  readonly site: string
  readonly groups: readonly PublishedGroup[]
}

const frame = (title: string, ...content: readonly Child[]): ElementNode =>
  h(
    'html',
    { lang: 'en' },
    h(
      'head',
      {},
      h('meta', { charset: 'utf-8' }),
      h('title', {}, title),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('link', { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' }),
      h('link', { rel: 'stylesheet', href: '/style.css' }),
    ),
    h('body', {}, content),
  )

const question = (
  segmentation: string,
  groups: readonly PublishedGroup[],
  { minimumSize, models }: PageTerms,
): ElementNode => {
  // Ids of another revision may mean something else, so only its own model names them.
  const labelsFor = (group: PublishedGroup) => {
    const own = models.filter(model => modelId(model) === group.model)
    return own.length ? labelsOfModel(...own) : NO_LABELS
  }
  const newest = groups[0]
  return h(
    'section',
    { class: 'question' },
    h('h3', {}, questionName(newest ? labelsFor(newest) : NO_LABELS, segmentation)),
    h(
      'div',
      { class: 'weeks' },
      groups.map(group => counts(group, minimumSize, labelsFor(group))),
    ),
  )
}

const siteSection = ({ site, groups }: SiteCounts, terms: PageTerms): ElementNode =>
  h(
    'section',
    { class: 'site' },
    h('h2', {}, h('bdi', {}, site)),
    groups.length === 0 && h('p', {}, WORDS.notYet),
    [...new Set(groups.map(group => group.segmentation))].map(segmentation =>
      question(
        segmentation,
        groups.filter(group => group.segmentation === segmentation),
        terms,
      ),
    ),
    h('p', { class: 'ns-quiet' }, h('a', { href: `/v1/sites/${site}/counts` }, `Counts of ${site} as JSON`)),
  )

/** @param now milliseconds since 1970 */
export const page = (sites: readonly SiteCounts[], terms: PageTerms, now: number): ElementNode => {
  const at = new Date(now).toISOString()
  return frame(
    WORDS.title,
    h(
      'header',
      {},
      h('div', {}, h('h1', {}, WORDS.title), h('p', {}, terms.open ? WORDS.lead : `${WORDS.lead} ${WORDS.onceClosed}`)),
      h(
        'p',
        { class: 'as-of' },
        h('time', { datetime: at }, `${at.slice(11, 19)} UTC`),
        ' ',
        h('a', { class: 'refresh', href: '/' }, WORDS.refresh),
      ),
    ),
    h(
      'main',
      {},
      sites.length
        ? sites.map(each => siteSection(each, terms))
        : h('section', { class: 'ns-card empty' }, h('h2', {}, WORDS.empty), h('p', {}, WORDS.whenEmpty)),
    ),
    h(
      'footer',
      {},
      h('h2', {}, WORDS.holdsTitle),
      h(
        'ul',
        {},
        WORDS.holds.map(each => h('li', {}, each)),
      ),
    ),
  )
}

export const problemsPage = (): ElementNode =>
  frame(
    WORDS.problems,
    h('header', {}, h('h1', {}, WORDS.problems)),
    h(
      'main',
      {},
      Object.entries(PROBLEMS).map(([slug, { status, title, detail }]) =>
        h(
          'section',
          { class: 'ns-card', id: slug },
          h('p', { class: 'ns-question' }, `${status} · ${slug}`),
          h('h3', {}, title),
          h('p', {}, detail),
        ),
      ),
    ),
  )
