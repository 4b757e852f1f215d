/** The four strengths of deletion, worded as they are: when it happens, and what becomes of the collector's copy. */

import { type ElementNode, h } from '../../view/element.ts'
import type { Voice } from '../voice.ts'

export const ALL_STRENGTHS = ['tab', 'visit', 'once', 'self'] as const
export type AnyStrength = (typeof ALL_STRENGTHS)[number]

export const strengthWords = (strength: AnyStrength, { own }: Voice): readonly ElementNode[] => [
  h('p', {}, own[`strength-${strength}-when`]),
  h('p', { class: 'ns-quiet' }, h('strong', {}, own['collector-copy'], ': '), own[`strength-${strength}-collector`]),
]

export const strength = (it: AnyStrength, voice: Voice): ElementNode =>
  h('article', { class: 'ns-card strength' }, h('h3', {}, voice.own[`strength-${it}`]), strengthWords(it, voice))
