using System.Text.Json;
using Huoma.Domain.Audit;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Audit;

/// <summary>修改记录: one change, as it was when it happened.</summary>
/// <param name="Code">The live code it belongs to; null for what belongs to none.</param>
[SchemaExample("""
    { "id": "3Kf8Zb1Qw7M", "at": "2026-11-22T14:03:00.000Z", "actor": { "id": "9Ht2Lc5Vx0N", "name": "小李" }, "action": "picture-replaced", "way": "direct",
      "subject": { "kind": "slot", "id": "5Vd1Rt8Ys3K", "name": "一群" }, "code": { "id": "2Qk9Zx7Lm0B", "name": "双十一读书会" },
      "changes": [{ "field": "expiresAt", "old": "2026-11-22T16:00:00.000Z", "new": "2026-11-29T14:03:00.000Z", "oldUrl": null, "newUrl": null }] }
    """)]
internal sealed record AuditEntryResponse(
    AuditEntryId Id, DateTimeOffset At, AuditActorResponse Actor, AuditAction Action, AuditWay Way, AuditTargetResponse Subject, AuditCodeResponse? Code,
    IReadOnlyList<AuditChangeResponse> Changes);

/// <param name="Id">Null for the program itself and for links.</param>
internal sealed record AuditActorResponse(UserId? Id, string Name);

/// <param name="Name">What it was called then.</param>
internal sealed record AuditTargetResponse(AuditSubject Kind, string Id, string Name);

internal sealed record AuditCodeResponse(LiveCodeId Id, string Name);

/// <param name="Field">As the API names it, for example <c>welcome.enabled</c>.</param>
/// <param name="OldUrl">Where the old picture is, when the field is one.</param>
/// <param name="NewUrl">Where the new picture is, when the field is one.</param>
internal sealed record AuditChangeResponse(string Field, JsonElement? Old, JsonElement? New, string? OldUrl, string? NewUrl);
