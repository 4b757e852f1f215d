/** The visitor's segments with their reasons, what may be said of each, and where it stands among the others. */

import type { AccessDocument } from '../../core/access.ts'
import { segmentControls } from '../correction.ts'
import { type Child, h } from '../element.ts'
import { labelsOfKept } from '../labels.ts'
import { segmentCard } from '../segment-card.ts'
import { segmentMap } from '../segment-map.ts'
import type { Tongue } from '../tongue.ts'

export const groups = (access: AccessDocument, tongue: Tongue): Child => {
  const { words } = tongue
  const labels = labelsOfKept(access)
  return [
    h('p', { class: 'ns-lead' }, access.segments.length ? words['centre-groups-about'] : words['centre-no-groups']),
    access.segments.map(each =>
      h(
        'section',
        { class: 'ns-group' },
        segmentCard(each, labels, tongue, segmentControls(each, tongue)),
        segmentMap(each, tongue),
      ),
    ),
  ]
}
