/** The console's words for what the API speaks of; the only file that names the document's schemas. */
import type { components, paths } from './schema';

type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type Role = Schemas['Role'];
export type User = Schemas['User'];
export type Overview = Schemas['ShowOverviewResponse'];
export type OverviewWarning = Schemas['ShowOverviewWarning'];
export type OverviewHour = Schemas['ShowOverviewHourCounts'];
export type Statistics = Schemas['Statistics'];
export type StatisticsPoint = Schemas['StatisticsPoint'];
export type StatisticsTotals = Schemas['StatisticsTotals'];
export type ChannelStatistics = Schemas['ChannelStatistics'];
export type EntranceStatistics = Schemas['EntranceStatistics'];
export type SlotStatistics = Schemas['SlotStatistics'];
export type RoundStatistics = Schemas['RoundStatistics'];
export type LiveCode = Schemas['LiveCode'];
export type LiveCodeFilter = NonNullable<paths['/api/v1/codes']['get']['parameters']['query']>;
export type NewLiveCode = Schemas['CreateLiveCodeRequest'];
export type LiveCodeChange = Schemas['EditLiveCodeRequest'];
export type HandOverWhen = Schemas['HandOverWhen'];
export type Slot = Schemas['Slot'];
export type NewSlot = Schemas['AddSlotRequest'];
export type SlotChange = Schemas['EditSlotRequest'];
export type SlotPicture = Schemas['ReplacePictureRequest'];
export type Channel = Schemas['Channel'];
export type ChannelFilter = NonNullable<paths['/api/v1/channels']['get']['parameters']['query']>;
export type NewChannel = Schemas['CreateChannelsRequest'];
export type ChannelChange = Schemas['EditChannelRequest'];
export type LoggedVisits = Schemas['ListVisitsResponse'];
export type LoggedVisit = Schemas['ListVisitsItem'];
export type LoggedVisitsFilter = NonNullable<paths['/api/v1/codes/{id}/visits']['get']['parameters']['query']>;
export type VisitReason = Schemas['VisitReason'];
export type RehearsalPlan = Schemas['RehearseVisitsRequest'];
export type Rehearsal = Schemas['RehearseVisitsResponse'];
export type UploadedImage = Schemas['UploadImageResponse'];
export type PictureWarning = Schemas['SlotWarning'];
export type AuditEntry = Schemas['AuditEntry'];
export type AuditChange = Schemas['AuditChange'];
export type AuditFilter = NonNullable<paths['/api/v1/audit-log']['get']['parameters']['query']>;
export type BulkResult = Schemas['BulkResult'];
export type DeletedSlot = Schemas['ListDeletedSlotsDeletedSlot'];
export type PictureUndo = Schemas['UndoPictureRequest'];
export type QrKind = Schemas['QrKind'];
export type Notice = Schemas['Notice'];
export type NoticeKind = Schemas['NoticeKind'];
export type NoticeListing = Schemas['NoticeListing'];
export type NoticeFilter = NonNullable<paths['/api/v1/notices']['get']['parameters']['query']>;
export type NoticeChannel = Schemas['NoticeChannel'];
export type NoticeChannelKind = Schemas['NoticeChannelKind'];
export type NoticeChannelRequest = Schemas['NoticeChannelRequest'];
export type NoticeDelivery = Schemas['Delivery'];
export type SmtpSecurity = Schemas['SmtpSecurity'];
export type Robot = Schemas['Robot'];
export type RobotDriver = Schemas['RobotDriver'];
export type RobotToken = Schemas['RobotToken'];
export type RobotChange = Schemas['EditRobotRequest'];
export type RobotLimits = Schemas['RobotLimits'];
export type RobotEvent = Schemas['RobotEvent'];
export type RobotCommand = Schemas['RobotCommand'];
export type CommandFilter = NonNullable<paths['/api/v1/robots/{id}/commands']['get']['parameters']['query']>;
export type ContactListing = Schemas['ContactListing'];
export type Contact = Schemas['Contact'];
/** All may be missing: a proxy before the server answers in its own way, and a broken network not at all. */
export type ProblemDetails = Partial<Schemas['ProblemDetails']>;

export interface List<T> {
  items: T[];
  total: number;
  page: number;
  pageSize: number;
}
