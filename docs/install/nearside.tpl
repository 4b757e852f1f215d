___TERMS_OF_SERVICE___

By creating or modifying this file you agree to Google Tag Manager's Community
Template Gallery Developer Terms of Service available at
https://developers.google.com/tag-manager/gallery-tos (or such other URL as
Google may provide), as modified from time to time.


___INFO___

{
  "type": "TAG",
  "id": "cvt_temp_public_id",
  "version": 1,
  "securityGroups": [],
  "displayName": "Nearside",
  "categories": ["PERSONALIZATION"],
  "brand": {
    "id": "brand_dummy",
    "displayName": "Nearside"
  },
  "description": "Loads Nearside from your own site: visitors are asked, and segmented on their own device. Serve its config as /nearside.json.",
  "containerContexts": ["WEB"]
}


___TEMPLATE_PARAMETERS___

[
  {
    "type": "SELECT",
    "name": "act",
    "displayName": "What to do",
    "selectItems": [
      { "value": "load", "displayValue": "Load Nearside" },
      { "value": "choices", "displayValue": "Open the visitor's choices" }
    ],
    "simpleValueType": true,
    "defaultValue": "load"
  },
  {
    "type": "TEXT",
    "name": "address",
    "displayName": "Address of nearside.js, on your own site",
    "simpleValueType": true,
    "valueHint": "https://shop.example/nearside/nearside.js",
    "enablingConditions": [{ "paramName": "act", "paramValue": "load", "type": "EQUALS" }],
    "valueValidators": [
      { "type": "NON_EMPTY" },
      { "type": "REGEX", "args": ["https://.+/nearside\\.js"], "errorMessage": "An address that starts with https:// and ends in /nearside.js" }
    ]
  }
]


___SANDBOXED_JS_FOR_WEB_TEMPLATE___

const callInWindow = require('callInWindow');
const copyFromWindow = require('copyFromWindow');
const injectScript = require('injectScript');
const queryPermission = require('queryPermission');

if (data.act === 'choices') {
  // Before the script is there, there are no choices to open.
  if (copyFromWindow('nearside.openPrivacyCenter')) {
    callInWindow('nearside.openPrivacyCenter');
    data.gtmOnSuccess();
  } else {
    data.gtmOnFailure();
  }
} else if (queryPermission('inject_script', data.address)) {
  // The last word is a name for it: a container that fires twice loads it once.
  injectScript(data.address, data.gtmOnSuccess, data.gtmOnFailure, 'nearside');
} else {
  data.gtmOnFailure();
}


___WEB_PERMISSIONS___

[
  {
    "instance": {
      "key": { "publicId": "inject_script", "versionId": "1" },
      "param": [
        {
          "key": "urls",
          "value": { "type": 2, "listItem": [{ "type": 1, "string": "https://shop.example/nearside/*" }] }
        }
      ]
    },
    "clientAnnotations": { "isEditedByUser": true },
    "isRequired": true
  },
  {
    "instance": {
      "key": { "publicId": "access_globals", "versionId": "1" },
      "param": [
        {
          "key": "keys",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  { "type": 1, "string": "key" },
                  { "type": 1, "string": "read" },
                  { "type": 1, "string": "write" },
                  { "type": 1, "string": "execute" }
                ],
                "mapValue": [
                  { "type": 1, "string": "nearside.openPrivacyCenter" },
                  { "type": 8, "boolean": true },
                  { "type": 8, "boolean": false },
                  { "type": 8, "boolean": true }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": { "isEditedByUser": true },
    "isRequired": true
  }
]


___TESTS___

scenarios:
- name: Loads the script from the site
  code: |-
    mock('queryPermission', true);
    mock('injectScript', (url, onSuccess) => onSuccess());
    runCode({ act: 'load', address: 'https://shop.example/nearside/nearside.js' });
    assertApi('injectScript').wasCalled();
    assertApi('gtmOnSuccess').wasCalled();
- name: Loads nothing from where it may not
  code: |-
    mock('queryPermission', false);
    runCode({ act: 'load', address: 'https://elsewhere.example/nearside.js' });
    assertApi('injectScript').wasNotCalled();
    assertApi('gtmOnFailure').wasCalled();
- name: Opens the choices once they are there
  code: |-
    mock('copyFromWindow', true);
    runCode({ act: 'choices' });
    assertApi('callInWindow').wasCalledWith('nearside.openPrivacyCenter');
    assertApi('gtmOnSuccess').wasCalled();


___NOTES___

Loads /nearside/nearside.js of your own site and nothing else. See docs/install/google-tag-manager.md.
