/** Maps, the choice of how many, spreads and the tree: how the segments lie to each other. */

import { type Child, h } from '../../view/element.ts'
import { number, percent } from '../../view/format.ts'
import { axisOf } from '../../view/plot/axes.ts'
import { dendrogramPlot } from '../../view/plot/dendrogram.ts'
import { mapPlot } from '../../view/plot/hexagons.ts'
import { linePlot } from '../../view/plot/lines.ts'
import { spreadPlot } from '../../view/plot/spreads.ts'
import type { Card } from '../card.ts'
import { silhouetteSaid, type Tried } from '../cluster/choice.ts'
import { facts } from './data.ts'
import { plots, section } from './parts.ts'
import type { Pictures } from './pictures.ts'

const MAP_NAMES = { pca: 'Seen flat (PCA)', tsne: 'Neighbourhoods (t-SNE)', umap: 'Neighbourhoods (UMAP)' }
const MAP_NOTES = {
  pca: 'The two directions in which rows differ most; distances are true to them.',
  tsne: 'Near is alike. Distances between far groups say nothing.',
  umap: 'Near is alike; how groups are joined is kept better than in t-SNE.',
}

export const mapsSection = (card: Card, { maps, groups }: Pictures): Child =>
  maps.length > 0 &&
  section(
    'maps',
    'Maps',
    `A sample of ${number(groups.length)} ${card.of}. Colours and numbers are those of the segments above; a hexagon has the colour of the segment most of its ${card.of} are in.`,
    plots(
      maps.map(({ kind, places, trustworthiness }) =>
        mapPlot({
          title: MAP_NAMES[kind],
          note: `${MAP_NOTES[kind]} Trustworthiness ${trustworthiness.toFixed(3)} of 1.`,
          places,
          groups,
          names: card.segments.map(({ label }) => label),
        }),
      ),
    ),
  )

/** Of clusters that were told, and not chosen among several: are they there at all, and would they come back? */
const clearness = (it: Tried): Child =>
  facts([
    [
      'Silhouette',
      `${silhouetteSaid(it)}: from 0, where rows lie between segments, to 1, where each is far from the next`,
    ],
    ...(it.stability === undefined
      ? []
      : [
          ['Stability', `${it.stability.toFixed(3)}: 1 where halves of the rows give the same segments again`] as const,
        ]),
    ['Davies-Bouldin', `${it.daviesBouldin.toFixed(3)}: how wide segments are beside how far apart; less is better`],
    ['Calinski-Harabasz', `${number(it.calinskiHarabasz)}: spread between segments beside that within; more is better`],
  ])

/** How true centres are to clusters of other shapes. */
const elsewhereSaid = ({ rows, of }: Card['clusters']['elsewhere']): string =>
  `A device knows centres alone: it puts ${percent(rows / Math.max(1, of))} of the rows that were clustered into another segment than the one they were found in.`

/** Elbow, silhouette, and what else speaks for a number of clusters. */
export const choiceSection = (card: Card): Child => {
  const { tried, k, clusters } = card
  const ks = tried.map(each => each.k)
  const across = { ...axisOf('segments', ks), ticks: ks }
  const rows = tried.map(each => [
    `${each.k}${each.k === k ? ' (chosen)' : ''}`,
    each.inertia.toPrecision(6),
    silhouetteSaid(each),
    each.stability?.toFixed(3) ?? '–',
    each.daviesBouldin.toFixed(3),
    number(each.calinskiHarabasz),
    number(each.smallest),
  ])
  const head = ['Segments', 'Inertia', 'Silhouette', 'Stability', 'Davies-Bouldin', 'Calinski-Harabasz', 'Smallest']
  const chosen = tried.find(each => each.k === k)
  const line = (title: string, note: string, label: string, of: (each: (typeof tried)[number]) => number) =>
    linePlot({
      ...{ title, note, numbers: { head, rows } },
      ...{ x: across, y: axisOf(label, tried.map(of)) },
      lines: [{ name: label, points: tried.map(each => [each.k, of(each)] as const), dotted: true }],
      ...(chosen ? { chosen: { x: k, y: of(chosen), says: `${k} chosen` } } : {}),
    })
  const { dendrogram, density } = clusters
  const [only, ...others] = tried
  return section(
    'choice',
    others.length ? 'How many segments' : 'How clear the segments are',
    clusters.because,
    clusters.method !== 'kmeans' && h('p', {}, elsewhereSaid(clusters.elsewhere)),
    only && !others.length && clearness(only),
    (others.length > 0 || dendrogram || density) &&
      plots(
        others.length > 0 && [
          line(
            'Elbow',
            'What is left unexplained; where the line bends, more segments explain little more.',
            'inertia',
            each => each.inertia,
          ),
          line(
            'Silhouette',
            'How much nearer rows are to their own segment than to the next: the higher, the clearer.',
            'silhouette',
            each => each.silhouette,
          ),
        ],
        dendrogram &&
          dendrogramPlot(
            'Dendrogram',
            dendrogram,
            k,
            'Branches that meet low are alike; the tree is cut where the dashed line runs.',
          ),
        density &&
          linePlot({
            title: 'Distance to the last neighbour',
            note: 'Where the line bends, crowds end and outliers begin.',
            numbers: {
              head: ['Step', 'Distance'],
              rows: density.distances.filter((_, i) => i % 20 === 0).map((d, i) => [String(i * 20 + 1), number(d)]),
            },
            x: axisOf('rows, the loneliest first', [0, density.distances.length - 1], () => ''),
            y: axisOf('distance', density.distances),
            lines: [
              { name: 'distance', points: density.distances.map((d, i) => [i, d] as const) },
              {
                name: 'radius',
                reference: true,
                points: [
                  [0, density.radius],
                  [density.distances.length - 1, density.radius],
                ],
              },
            ],
          }),
      ),
  )
}

export const spreadsSection = ({ of }: Card, { spreads }: Pictures): Child =>
  spreads.length > 0 &&
  section(
    'spreads',
    `What ${of} of each segment look like`,
    `The bar holds the middle half of the ${of} of a segment, the line four fifths of them, the tick the one in the middle. Numbers are rounded to two digits, so that nobody’s own can be read off.`,
    plots(spreads.map(({ feature, spreads: each }) => spreadPlot(feature, each))),
  )
