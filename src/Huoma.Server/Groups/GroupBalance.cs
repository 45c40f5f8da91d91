using Huoma.Domain.Groups;
using Huoma.Server.Platform.Data;
using Huoma.Server.Quota;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups;

/// <summary>剩余自动建群数量 as far as new groups may still be begun.</summary>
internal sealed class GroupBalance(HuomaDb db, QuotaQueries quota)
{
    /// <summary>Of two codes that want the last one, one gets it: whoever begins a group locks first, and looks then.</summary>
    public Task LockAsync(CancellationToken ct) => quota.LockAsync(ct);

    /// <summary>What is being made is not charged yet, but is as good as charged.</summary>
    public async Task<long> OpenAsync(CancellationToken ct) =>
        await quota.LeftAsync(ct) - await db.Groups.CountAsync(group => group.Stage == GroupStage.Creating || group.Stage == GroupStage.Unknown, ct);
}
