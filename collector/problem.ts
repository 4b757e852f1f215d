/** Answers that say what went wrong, as RFC 9457 has it. None repeats what was sent. */

import type { Context } from 'hono'

interface Kind {
  readonly status: 400 | 403 | 404 | 405 | 410 | 413 | 415 | 422 | 500 | 503
  readonly title: string
  /** What it means and what to do; the page at /problems says the same. */
  readonly detail: string
}

export const PROBLEMS = {
  malformed: {
    status: 400,
    title: 'The body cannot be read',
    detail: 'Send one JSON object with exactly the documented fields.',
  },
  'other-origin': {
    status: 403,
    title: 'Not from this site',
    detail: 'This collector takes reports from the sites it was set up for.',
  },
  'unknown-path': {
    status: 404,
    title: 'Nothing is here',
    detail: 'See /problems and docs/collector.md for what there is.',
  },
  'unknown-site': { status: 404, title: 'Not a site of this collector', detail: 'The owner adds a site with --site.' },
  'wrong-method': { status: 405, title: 'Not done this way', detail: 'The Allow header names the methods.' },
  erased: { status: 410, title: 'Erased', detail: 'Its erasure was asked for. Do not send reports under it again.' },
  'too-long': { status: 413, title: 'Too long', detail: 'A body has at most 256 bytes.' },
  'wrong-type': {
    status: 415,
    title: 'Not plain text',
    detail: 'Send text/plain; charset=utf-8, without an encoding, so that no preflight is needed.',
  },
  'wrong-epoch': {
    status: 422,
    title: 'Not an open epoch',
    detail: 'Reports name the current epoch or the one before. Discard this one.',
  },
  fault: {
    status: 500,
    title: 'A fault of the collector',
    detail: 'Nothing was counted. The log has more, but nothing about the request.',
  },
  unavailable: {
    status: 503,
    title: 'Cannot be kept now',
    detail: 'Nothing was counted. Send the same again after the time in Retry-After.',
  },
} as const satisfies { [slug: string]: Kind }

export type Problem = keyof typeof PROBLEMS

/** `extra` are members of one's own, such as where the fault is and how to mend it. */
export const problem = (
  c: Context,
  slug: Problem,
  extra: { detail?: string; place?: string; mend?: string } = {},
): Response => {
  const { status, title, detail } = PROBLEMS[slug]
  return c.body(JSON.stringify({ type: `/problems#${slug}`, title, status, detail, ...extra }), status, {
    'Content-Type': 'application/problem+json',
  })
}
