/** The console's words for what the API speaks of; the only file that names the document's schemas. */
import type { components, operations } from './schema';

type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type Role = Schemas['Role'];
export type User = Schemas['User'];
export type NewUser = Schemas['AddUserRequest'];
export type UserChange = Schemas['ChangeUserRequest'];
export type Overview = Schemas['ShowOverviewResponse'];
export type OverviewWarning = Schemas['ShowOverviewWarning'];
export type VisitCounts = Schemas['ShowOverviewCounts'];
export type LiveCode = Schemas['LiveCode'];
export type LiveCodeFilter = NonNullable<operations['ListLiveCodes']['parameters']['query']>;
export type NewLiveCode = Schemas['CreateLiveCodeRequest'];
export type LiveCodeChange = Schemas['EditLiveCodeRequest'];
export type Slot = Schemas['Slot'];
export type NewSlot = Schemas['AddSlotRequest'];
export type SlotChange = Schemas['EditSlotRequest'];
export type SlotPicture = Schemas['ReplacePictureRequest'];
export type UploadedImage = Schemas['UploadImageResponse'];
export type PictureWarning = Schemas['SlotWarning'];
export type QrKind = Schemas['QrKind'];
/** Partial: a proxy on the way may answer without them. */
export type ProblemDetails = Partial<Schemas['ProblemDetails']>;

export interface List<T> {
  items: T[];
  total: number;
  page: number;
  pageSize: number;
}
