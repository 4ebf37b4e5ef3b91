import type { Rule } from './findings.ts';
import { plain } from './context.ts';

/** Words of people's care, in French and English, plain. Not those of a laboratory alone: a rabbit's sample is no patient's. */
const WORDS = new Set(
  `accouchement admission allergie allergies ambulatoire anamnese anesthesie antecedent antecedents antibiotherapie antibiotique
arthrose asthenie asthme auscultation avc biopsie bronchite cancer cardiaque cardiologie cardiologue catheter chimiotherapie
chirurgical chirurgicale chirurgie chirurgien cicatrice comorbidites consultation convalescence coronarien dementia
depression dermatologie diabete diabetique diagnostic diagnostique dialyse douleur douleurs dyspnee echographie embolie
epilepsie fracture gastrite grossesse gynecologie hematologie hospitalisation hospitalise hospitalisee hypertension
infarctus infirmier infirmiere insuffisance irm kinesitherapie lesion lesions medicament medicaments metastase metastases
migraine morphine nausees neurologie obesite oncologie ordonnance orthopedie palliatif palpation paracetamol pathologie
patient patiente patients pneumonie pneumopathie posologie postoperatoire prescription prescriptions psychiatrie
psychiatrique radiographie radiotherapie reanimation rechute rhumatologie scanner seropositif sida sortie symptome
symptomes therapeutique thrombose traitement tuberculose tumeur urologie vaccination vih vomissements
allergy anesthesia antibiotics asthma biopsy cardiology chemotherapy comorbidity dementia diabetes diabetic diagnosed
diagnosis discharge dyspnea fever fracture headache hospitalized hypertension inpatient lesion medication
medications metastasis nausea oncology outpatient palliative pneumonia prescribed psychiatric radiotherapy relapse surgery
surgical symptoms therapy thrombosis tumor tumour vaccinated vomiting ward`
    .split(/\s+/)
    .map(plain),
);

const BORN = /\bne(?:e|\(e\)|\.e)?(?: le\b| :)|naissance|\bddn\b|date of birth|\bdob\b|\bborn\b|birth ?date/;
const DATE = /(?<!\d)(?:(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)|((?:19|20)\d\d)-(\d\d)-(\d\d))(?!\d)/;
const NAMES = /\p{Lu}[\p{L}'-]+[ ,;\t]+\p{Lu}[\p{L}'-]+/u;
const ICD = /(?<![\p{L}\d.])[A-TV-Z]\d\d(?:\.\d{1,2})?(?![\p{L}\d])/gu;
const CODED = /\bcim[ -]?(?:10|11)\b|\bicd[ -]?(?:10|11)\b|diagnosti[cs]|\bpmsi\b/;
const IDENTITY = /\bpatient(?:e|\(e\))?\s{0,3}:\s{0,3}\S/;

const SAMPLE = 1_000_000;
const ROWS = 20_000;

/** What makes one ask whether a text speaks of somebody's health; nothing of it proves so. */
export const weakSigns = (text: string): { rule: Rule; count: number }[] => {
  const sample = text.slice(0, SAMPLE);
  const low = plain(sample);
  const signs: { rule: Rule; count: number }[] = [];
  const say = (rule: Rule, count: number): void => void (count > 0 && signs.push({ rule, count }));
  say('words', spoken(low));
  say('births', births(sample, BORN.test(low)));
  const codes = CODED.test(low) ? new Set(sample.match(ICD)).size : 0;
  say('icd10', codes >= 2 ? codes : 0);
  say('identity', IDENTITY.test(low) && (BORN.test(low) || /\bipp\b/.test(low)) ? 1 : 0);
  return signs;
};

/** Words of care, when they are many among all: four different ones in a short note, six in a longer text. */
const spoken = (low: string): number => {
  const words = low.match(/[a-z]{3,}/g) ?? [];
  const hits = words.filter((word) => WORDS.has(word));
  const different = new Set(hits).size;
  const share = hits.length / Math.max(1, words.length);
  return (different >= 4 && share >= 0.06) || (different >= 6 && share >= 0.02) ? hits.length : 0;
};

/** Rows of people with a date: said to be that of a birth, or so far apart that it can be nothing else. */
const births = (text: string, isSaid: boolean): number => {
  const years: number[] = [];
  for (const line of text.split(/\r?\n|\r/, ROWS)) {
    const date = DATE.exec(line.slice(0, 500));
    if (date && NAMES.test(line.slice(0, 500))) years.push(Number(date[3] ?? date[4]));
  }
  if (isSaid) return years.length >= 3 ? years.length : 0;
  const old = years.filter((year) => year < 2015);
  const spread =
    old.length === 0 ? 0 : old.reduce((a, b) => Math.max(a, b)) - old.reduce((a, b) => Math.min(a, b));
  return old.length >= 10 && old.length > years.length * 0.7 && spread >= 30 ? years.length : 0;
};
