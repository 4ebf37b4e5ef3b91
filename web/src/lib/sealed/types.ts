import type { components } from '../../../../client/generated.ts';

type Schemas = components['schemas'];
export type Directory = Schemas['SealedDirectory'];
export type KnownPerson = Directory['people'][number];
export type OwnKeys = Schemas['SealedKeys'];
export type OwnKey = OwnKeys['keys'][number];
export type Lock = OwnKey['locks'][number];
export type OwnPasskey = OwnKeys['passkeys'][number];
export type Checked = Schemas['SealedChecked'];
export type SealedTo = Schemas['SealedTo'];
export type OpenDrop = Schemas['OpenDrop'];
