// The identities of the product, compiled into every project.
global using AuditEntryId = Huoma.Domain.Id<Huoma.Domain.Audit.AuditEntry>;
global using ChannelId = Huoma.Domain.Id<Huoma.Domain.Channels.ChannelCode>;
global using ImageId = Huoma.Domain.Id<Huoma.Domain.Media.Image>;
global using LiveCodeId = Huoma.Domain.Id<Huoma.Domain.LiveCodes.LiveCode>;
global using SlotId = Huoma.Domain.Id<Huoma.Domain.LiveCodes.Slot>;
global using TenantId = Huoma.Domain.Id<Huoma.Domain.Accounts.Tenant>;
global using UserId = Huoma.Domain.Id<Huoma.Domain.Accounts.User>;
