import type { Chance } from './chance.ts';
import { dateOf, nameOf, nirOf } from './people.ts';

interface Element {
  readonly tag: number;
  readonly vr: string;
  readonly value: string;
}

const elements = (chance: Chance): Element[] => [
  { tag: 0x0008_0005, vr: 'CS', value: 'ISO_IR 100' },
  { tag: 0x0008_0016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2\0' },
  { tag: 0x0008_0060, vr: 'CS', value: 'CT' },
  { tag: 0x0010_0010, vr: 'PN', value: nameOf(chance).replace(' ', '^') },
  { tag: 0x0010_0020, vr: 'LO', value: chance.digits(8) },
  { tag: 0x0010_0040, vr: 'CS', value: 'F ' },
  { tag: 0x7fe0_0010, vr: 'OW', value: '\0'.repeat(512) },
];

const dataSet = (all: readonly Element[], explicit: boolean): Buffer =>
  Buffer.concat(
    all.map(({ tag, vr, value }) => {
      const padded = Buffer.from(value.length % 2 === 0 ? value : `${value} `, 'latin1');
      const head = Buffer.alloc(8);
      head.writeUInt16LE(tag >>> 16, 0);
      head.writeUInt16LE(tag & 0xffff, 2);
      if (!explicit) head.writeUInt32LE(padded.length, 4);
      else {
        head.write(vr, 4);
        if (vr !== 'OW') head.writeUInt16LE(padded.length, 6);
      }
      const long = Buffer.alloc(explicit && vr === 'OW' ? 4 : 0);
      if (long.length > 0) long.writeUInt32LE(padded.length);
      return Buffer.concat([head, long, padded]);
    }),
  );

/** DICOM with its preamble, with one that looks like a TIFF, and without any, in both ways of writing elements. */
export const dicoms = (chance: Chance): Readonly<Record<string, Uint8Array>> => {
  const meta = dataSet([{ tag: 0x0002_0010, vr: 'UI', value: '1.2.840.10008.1.2.1\0' }], true);
  const file = (preamble: Buffer): Buffer =>
    Buffer.concat([preamble, Buffer.from('DICM'), meta, dataSet(elements(chance), true)]);
  const tiff = Buffer.alloc(128);
  tiff.write('II*\0', 'latin1');
  return {
    DICOM: file(Buffer.alloc(128)),
    'DICOM that begins as a TIFF': file(tiff),
    'DICOM without preamble, implicit': dataSet(elements(chance), false),
    'DICOM without preamble, explicit': dataSet(elements(chance), true),
  };
};

export const hl7s = (chance: Chance): Readonly<Record<string, string>> => {
  const end = '\r';
  const message = [
    `MSH|^~\\&|LABO|RADE|DPI|RADE|20261122||ORU^R01^ORU_R01|${chance.digits(6)}|P|2.5`,
    `PID|1||${chance.digits(8)}^^^RADE^PI||${nameOf(chance).replace(' ', '^')}||19570312|F`,
    'OBX|1|NM|2160-0^Creatinine^LN||84|umol/L|||||F',
  ];
  return {
    'HL7 v2': message.join(end),
    'HL7 v2 with lines of Unix': message.join('\n'),
    'HL7 v2 in MLLP': `\u000b${message.join(end)}\u001c\r`,
    'HL7 v2 with other delimiters': message.join(end).replaceAll('|', '#').replaceAll('^', ':'),
    'HL7 v2 in a batch': `FHS|^~\\&|A\rBHS|^~\\&|A\r${message.join(end)}\rBTS|1\rFTS|1`,
    'HL7 v2 in a log': `Received at noon:\n${message.join('\n')}\nEnd.`,
  };
};

export const xmls = (chance: Chance): Readonly<Record<string, string>> => {
  const person = `<recordTarget><patientRole><id extension="${nirOf(chance)}" root="1.2.250.1.213.1.4.8"/></patientRole></recordTarget>`;
  const patient = `<id value="1"/><name><family value="${nameOf(chance)}"/></name>`;
  return {
    CDA: `<?xml version="1.0" encoding="UTF-8"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3">${person}</ClinicalDocument>`,
    'CDA with a prefix': `<?xml version="1.0"?><!-- a comment --><h:ClinicalDocument xmlns:h="urn:hl7-org:v3">${person}</h:ClinicalDocument>`,
    'CDA in an envelope': `<soap:Envelope xmlns:soap="s"><soap:Body><ClinicalDocument xmlns='urn:hl7-org:v3'>${person}</ClinicalDocument></soap:Body></soap:Envelope>`,
    'FHIR XML': `<Patient xmlns="http://hl7.org/fhir">${patient}</Patient>`,
    'FHIR XML in a Bundle': `<Bundle xmlns="http://hl7.org/fhir"><entry><resource><Observation><status value="final"/></Observation></resource></entry></Bundle>`,
    'FHIR Turtle': '@prefix fhir: <http://hl7.org/fhir/> .\n<p> a fhir:Patient ; fhir:active true .',
  };
};

export const fhirs = (chance: Chance): Readonly<Record<string, string>> => {
  const patient = { resourceType: 'Patient', birthDate: '1957-03-12', name: [{ family: nameOf(chance) }] };
  const observation = {
    resourceType: 'Observation',
    status: 'final',
    valueQuantity: { value: chance.below(100) },
  };
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [{ resource: patient }, { resource: observation }],
  };
  return {
    FHIR: JSON.stringify(patient),
    'FHIR, indented': JSON.stringify(observation, null, 2),
    'FHIR Bundle': JSON.stringify(bundle, null, 1),
    'FHIR NDJSON': [patient, observation, patient].map((one) => JSON.stringify(one)).join('\n'),
    'FHIR in an answer': JSON.stringify({ at: dateOf(chance, 2020, 2026), answer: [bundle] }),
    'FHIR that was cut': JSON.stringify(bundle).slice(0, -30),
    'FHIR in a log': `12:00 GET /Patient/1\n${JSON.stringify(patient)}\n12:01 done`,
  };
};
