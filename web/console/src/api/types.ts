/** The console's words for what the API speaks of; the only file that names the document's schemas. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type Role = Schemas['Role'];
export type User = Schemas['User'];
export type NewUser = Schemas['NewUser'];
export type UserChange = Schemas['UserChange'];
export type Overview = Schemas['Overview'];
export type OverviewWarning = Schemas['OverviewWarning'];
export type VisitCounts = Schemas['VisitCounts'];
export type LiveCode = Schemas['LiveCode'];
export type LiveCodeFilter = Schemas['LiveCodeFilter'];
export type NewLiveCode = Schemas['NewLiveCode'];
export type LiveCodeChange = Schemas['LiveCodeChange'];
export type Slot = Schemas['Slot'];
export type NewSlot = Schemas['NewSlot'];
export type SlotChange = Schemas['SlotChange'];
export type SlotPicture = Schemas['SlotPicture'];
export type UploadedImage = Schemas['UploadedImage'];
export type PictureWarning = Schemas['PictureWarning'];
export type QrKind = Schemas['QrKind'];
export type ProblemDetails = Schemas['ProblemDetails'];

export interface List<T> {
  items: T[];
  total: number;
  page: number;
  pageSize: number;
}
