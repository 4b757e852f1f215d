/** Everything that is kept, as a document of its own to read: no script, no style, nothing that is fetched. */

import type { AccessDocument } from '../core/access.ts'
import { decision, type Offer } from './decision.ts'
import { type ElementNode, h } from './element.ts'
import { labelsOfKept } from './labels.ts'
import { ledger } from './ledger.ts'
import { note } from './note.ts'
import { refusals } from './refusals.ts'
import { segmentCard } from './segment-card.ts'
import { signals } from './signals.ts'
import { toDocument } from './to-string.ts'
import type { Tongue } from './tongue.ts'

const part = (title: string, ...content: Parameters<typeof h>[2][]): ElementNode =>
  h('section', {}, h('h2', {}, title), content)

/** @param site as the visitor knows it; @returns HTML */
export const readable = (it: AccessDocument, site: string, offer: Offer, dir: string, tongue: Tongue): string => {
  const { words, moment } = tongue
  const labels = labelsOfKept(it)
  return toDocument(
    h(
      'html',
      { lang: tongue.locale, dir },
      h(
        'head',
        {},
        h('meta', { charset: 'utf-8' }),
        h('meta', { name: 'viewport', content: 'width=device-width' }),
        h('meta', { name: 'color-scheme', content: 'light dark' }),
        h('title', {}, `${words['centre-title']}: ${site}`),
      ),
      h(
        'body',
        {},
        h('h1', {}, `${words['centre-title']}: `, h('bdi', {}, site)),
        h('p', {}, moment(it.made)),
        part(words['tab-overview'], decision(it.decision, offer, tongue)),
        part(
          words['tab-groups'],
          it.segments.map(each => segmentCard(each, labels, tongue)),
        ),
        part(
          words['tab-kept'],
          signals(it.signals, tongue),
          refusals(it.refused, tongue),
          h(
            'ul',
            {},
            it.signals.map(each => h('li', {}, moment(each.at), ' · ', note(each, tongue))),
          ),
        ),
        part(words['tab-sent'], ledger([...(it.folded?.kept ?? []), ...it.ledger], labels, tongue)),
      ),
    ),
  )
}
