using Huoma.Domain.Groups;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Groups.Blacklists;

/// <param name="MemberId">What the platform calls him.</param>
[SchemaExample("""{ "id": "3Kf8Zb1Qw7M", "memberId": "wxid_spam", "name": "卖货的", "reason": "kicked", "addedAt": "2026-11-22T04:00:00.000Z" }""")]
internal sealed record BlacklistEntryResponse(BlacklistEntryId Id, string MemberId, string Name, BlacklistReason Reason, DateTimeOffset AddedAt)
{
    public static BlacklistEntryResponse Of(BlacklistEntry entry) => new(entry.Id, entry.MemberId, entry.Name, entry.Reason, entry.AddedAt);
}
