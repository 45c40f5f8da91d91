// The identities of the product, compiled into every project.
global using AuditEntryId = Huoma.Domain.Id<Huoma.Domain.Audit.AuditEntry>;
global using ChannelId = Huoma.Domain.Id<Huoma.Domain.Channels.ChannelCode>;
global using DeliveryId = Huoma.Domain.Id<Huoma.Domain.Notices.Delivery>;
global using ImageId = Huoma.Domain.Id<Huoma.Domain.Media.Image>;
global using LiveCodeId = Huoma.Domain.Id<Huoma.Domain.LiveCodes.LiveCode>;
global using NoticeChannelId = Huoma.Domain.Id<Huoma.Domain.Notices.NoticeChannel>;
global using NoticeId = Huoma.Domain.Id<Huoma.Domain.Notices.Notice>;
global using RenewalLinkId = Huoma.Domain.Id<Huoma.Domain.Notices.RenewalLink>;
global using RobotCommandId = Huoma.Domain.Id<Huoma.Domain.Robots.RobotCommand>;
global using RobotId = Huoma.Domain.Id<Huoma.Domain.Robots.Robot>;
global using SlotId = Huoma.Domain.Id<Huoma.Domain.LiveCodes.Slot>;
global using TenantId = Huoma.Domain.Id<Huoma.Domain.Accounts.Tenant>;
global using UserId = Huoma.Domain.Id<Huoma.Domain.Accounts.User>;
