import type { Component } from 'svelte';
import type { FieldType } from '../api/types.ts';
import ChoiceInput from './choice/Input.svelte';
import ChoiceShow from './choice/Show.svelte';
import ContactInput from './contact/Input.svelte';
import ContactShow from './contact/Show.svelte';
import DateInput from './date/Input.svelte';
import DateShow from './date/Show.svelte';
import DatetimeInput from './datetime/Input.svelte';
import DatetimeShow from './datetime/Show.svelte';
import EmailInput from './email/Input.svelte';
import EmailShow from './email/Show.svelte';
import FilesInput from './files/Input.svelte';
import FilesShow from './files/Show.svelte';
import LinesInput from './lines/Input.svelte';
import LinesShow from './lines/Show.svelte';
import LongtextInput from './longtext/Input.svelte';
import LongtextShow from './longtext/Show.svelte';
import MoneyInput from './money/Input.svelte';
import MoneyShow from './money/Show.svelte';
import NumberInput from './number/Input.svelte';
import NumberShow from './number/Show.svelte';
import PhoneInput from './phone/Input.svelte';
import PhoneShow from './phone/Show.svelte';
import PlaceInput from './place/Input.svelte';
import PlaceShow from './place/Show.svelte';
import type { InputProps, ShowProps } from './props.ts';
import TextInput from './text/Input.svelte';
import TextShow from './text/Show.svelte';
import YesnoInput from './yesno/Input.svelte';
import YesnoShow from './yesno/Show.svelte';

export const inputs: { readonly [T in FieldType]: Component<InputProps> } = {
  text: TextInput,
  longtext: LongtextInput,
  number: NumberInput,
  money: MoneyInput,
  choice: ChoiceInput,
  yesno: YesnoInput,
  date: DateInput,
  datetime: DatetimeInput,
  place: PlaceInput,
  contact: ContactInput,
  phone: PhoneInput,
  email: EmailInput,
  lines: LinesInput,
  files: FilesInput,
};

export const shows: { readonly [T in FieldType]: Component<ShowProps> } = {
  text: TextShow,
  longtext: LongtextShow,
  number: NumberShow,
  money: MoneyShow,
  choice: ChoiceShow,
  yesno: YesnoShow,
  date: DateShow,
  datetime: DatetimeShow,
  place: PlaceShow,
  contact: ContactShow,
  phone: PhoneShow,
  email: EmailShow,
  lines: LinesShow,
  files: FilesShow,
};
