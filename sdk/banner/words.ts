/** The banner's words in English: short ones, that a twelve-year-old follows. */

import type { Category, Purpose } from '../../core/consent.ts'

export const words = {
  region: 'Your privacy',
  title: 'May this site get to know your visit?',
  who: (name: string) => `${name} would like to notice what you do here, to show you what fits.`,
  where:
    'It is worked out on your own device and stays there, encrypted. All that is ever sent is a group number, like “v3”.',
  whatFor: 'What for',
  whatNoticed: 'What is noticed',
  keep: (days: number) => `Kept for ${days} days, on this device only.`,
  ask: (months: number) => `We ask again in ${months} months. You can change your mind at any time.`,
  accept: 'Accept all',
  reject: 'Reject all',
  choose: 'Choose',
  save: 'Save my choice',
  more: 'Privacy notice',
  purposes: {
    personalization: ['Fit this site to you', 'Show what suits your group. Nothing is sent for this.'],
    measurement: ['Count groups', 'Tell the site how many visitors are in each group, without your name or history.'],
    activation: ['Use your group in the site’s own tools', 'Hand your group to the tools the site names.'],
    advertising: ['Use your group for advertising', 'Hand your group to the advertising systems the site names.'],
  } satisfies { [P in Purpose]: [string, string] },
  categories: {
    browsing: ['Browsing', 'Which kinds of pages you look at, and for how long. Never their addresses.'],
    shopping: ['Shopping', 'What you put in the cart and order, as amounts and kinds.'],
    answers: ['Answers', 'What you answer when the site asks you.'],
    account: ['Account', 'Your own past orders, when you sign in.'],
  } satisfies { [C in Category]: [string, string] },
}
