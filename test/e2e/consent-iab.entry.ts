// A consent manager made of the IAB's own code, answering what a test has it answer.
import { CmpApi as GppApi } from '@iabgpp/cmpapi'
import { CmpApi as TcfApi } from '@iabtcf/cmpapi'
import { GVL, TCModel, TCString } from '@iabtcf/core'

const gvl = new GVL({
  gvlSpecificationVersion: 3,
  vendorListVersion: 1,
  tcfPolicyVersion: 5,
  lastUpdated: '2026-01-01T00:00:00Z',
  purposes: {},
  specialPurposes: {},
  features: {},
  specialFeatures: {},
  stacks: {},
  vendors: {},
} as never)

const tcf = () => {
  const api = new TcfApi(31, 1, true)
  return {
    /** Its window is open, with these purposes granted before. */
    ask: (purposes: number[]) => api.update(print(purposes), true),
    /** The visitor has answered; null: the law does not apply. */
    answer: (purposes: number[] | null) => api.update(purposes && print(purposes), false),
  }
}

const print = (purposes: number[]): string => {
  const model = new TCModel(gvl)
  model.cmpId = 31
  model.cmpVersion = 1
  model.isServiceSpecific = true
  model.publisherConsents.set(purposes)
  // Ours is not one of the vendors, so these must mean nothing to us.
  model.purposeConsents.set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  return TCString.encode(model)
}

const gpp = () => {
  const api = new GppApi(31, 1)
  return {
    ask: () => api.setSignalStatus('not ready' as never),
    answer: (section: string, id: number, fields: { [name: string]: unknown }) => {
      for (const [name, value] of Object.entries(fields)) api.setFieldValue(section, name, value)
      api.setApplicableSections([id])
      api.setSignalStatus('ready' as never)
    },
  }
}

Object.assign(window, { iab: { tcf, gpp } })
